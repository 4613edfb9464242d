package io.travaso.cli.command;

import java.time.Duration;

/** A command that may make a service hold still for a while. */
abstract class HoldingCommand extends Command {
  /** Containers are started again, and the commands run that end a maintenance mode. */
  @Override
  public final Duration grace() {
    return Duration.ofSeconds(60);
  }

  @Override
  public final String afterInterruption(String program) {
    return "`%1$s doctor` says whether a service was left holding still; `%1$s resume SERVICE` lets it go on."
        .formatted(program);
  }
}
