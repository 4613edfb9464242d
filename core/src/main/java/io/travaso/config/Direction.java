package io.travaso.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which way the data goes. */
public enum Direction {
  DEV_TO_PROD("dev", "prod"),
  PROD_TO_DEV("prod", "dev");

  private final String source;
  private final String target;

  Direction(String source, String target) {
    this.source = source;
    this.target = target;
  }

  /** The name of the environment that is read. */
  public String source() {
    return source;
  }

  /** The name of the environment that is written. */
  public String target() {
    return target;
  }

  /** The command that goes this way: {@code dev-to-prod}. */
  public String command() {
    return source + "-to-" + target;
  }

  /** As written in the configuration: {@code dev_to_prod}. */
  public String setting() {
    return source + "_to_" + target;
  }

  /** The direction of that name, with dashes or underscores. */
  public static Optional<Direction> of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(d -> d.setting().equals(wanted)).findFirst();
  }
}
