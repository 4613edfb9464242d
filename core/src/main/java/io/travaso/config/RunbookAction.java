package io.travaso.config;

import java.util.List;

/** One thing that a runbook has done. */
public sealed interface RunbookAction {

  /** Runs a program; one that ends with a status other than zero is a failure. */
  record Run(Runbook.Program program) implements RunbookAction {}

  /** Brings compose services up as the compose file has them by then. */
  record Up(List<String> services) implements RunbookAction {
    public Up {
      services = List.copyOf(services);
    }
  }

  /** Stops compose services. */
  record Stop(List<String> services) implements RunbookAction {
    public Stop {
      services = List.copyOf(services);
    }
  }

  /** Waits until something is so. */
  record WaitFor(RunbookCheck check) implements RunbookAction {}
}
