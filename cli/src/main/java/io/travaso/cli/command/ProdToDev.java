package io.travaso.cli.command;

import io.travaso.config.Direction;

/** {@code sync prod-to-dev}. */
@picocli.CommandLine.Command(name = "prod-to-dev")
public final class ProdToDev extends DirectionCommand {
  public ProdToDev() {
    super(Direction.PROD_TO_DEV);
  }
}
