package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command: its fields are its options, which are set before anything is asked of it. */
public abstract class Command {
  @Option(names = "--config", paramLabel = "FILE", order = 90, descriptionKey = "option.config")
  @Nullable String config;

  @Option(names = "--json", order = 91, descriptionKey = "option.json")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 92,
      descriptionKey = "option.help")
  boolean help;

  /** Whether scripts read the result. */
  public final boolean json() {
    return json;
  }

  /** Whether its help is wanted, and nothing else. */
  public final boolean help() {
    return help;
  }

  /** How long it may clean up when it is interrupted. */
  public Duration grace() {
    return Duration.ofSeconds(3);
  }

  /**
   * What to do after it was interrupted; empty where nothing is left over.
   *
   * @param program the name the program was called by
   */
  public String afterInterruption(String program) {
    return "";
  }

  /** Adds what makes no sense about the options together, in a sentence each. */
  public void check(List<String> problems) {}

  /**
   * Runs it.
   *
   * @throws io.travaso.SyncException if it fails
   */
  public abstract Result run(Session session);
}
