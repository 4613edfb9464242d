package io.travaso.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the process was started with, as far as the configuration depends on it.
 *
 * @param variables the environment variables
 * @param directory the working directory, absolute
 * @param home what {@code ~} stands for, absolute
 */
public record Surroundings(Map<String, String> variables, Path directory, Path home) {

  public Surroundings {
    variables = Map.copyOf(variables);
    directory = directory.toAbsolutePath().normalize();
    home = home.toAbsolutePath().normalize();
  }

  /** Those of this process. {@code $HOME} counts before the account's home, as in a shell. */
  public static Surroundings ofThisProcess() {
    Map<String, String> variables = System.getenv();
    String home = variables.getOrDefault("HOME", "");
    return new Surroundings(
        variables,
        Path.of(""),
        Path.of(home.startsWith("/") ? home : System.getProperty("user.home", "/")));
  }

  /** The value of a variable; empty when it is unset or blank. */
  String variable(String name) {
    return variables.getOrDefault(name, "").strip();
  }

  /** The path that was written: {@code ~} is the home, and what is relative starts at a folder. */
  Path resolve(String written, Path folder) {
    if (written.equals("~")) {
      return home;
    }
    if (written.startsWith("~/")) {
      return home.resolve(written.substring(2)).normalize();
    }
    return folder.resolve(written).normalize();
  }

  /** Without the variables, which may hold secrets. */
  @Override
  public String toString() {
    return "Surroundings[directory=" + directory + ", home=" + home + "]";
  }
}
