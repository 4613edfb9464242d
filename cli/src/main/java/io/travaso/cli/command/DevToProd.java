package io.travaso.cli.command;

import io.travaso.config.Direction;

/** {@code sync dev-to-prod}. */
@picocli.CommandLine.Command(name = "dev-to-prod")
public final class DevToProd extends DirectionCommand {
  public DevToProd() {
    super(Direction.DEV_TO_PROD);
  }
}
