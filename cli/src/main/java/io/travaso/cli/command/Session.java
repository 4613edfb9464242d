package io.travaso.cli.command;

import io.travaso.cli.output.Broadcast;
import io.travaso.cli.output.Language;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Printer;
import io.travaso.cli.output.RunLog;
import io.travaso.config.ConfigFinder;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Consent;
import io.travaso.pipeline.DirectedSync;
import io.travaso.pipeline.Guard;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.RunIdentity;
import io.travaso.pipeline.Sites;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of a command: what it needs from around it. */
public final class Session implements AutoCloseable {
  private final Launch launch;
  private final String command;
  private final List<String> args;
  private final Printer printer;
  private final Messages messages;
  private final Broadcast broadcast;
  private final RunIdentity run;
  private final AtomicBoolean asking = new AtomicBoolean();
  private @Nullable SyncConfig config;
  private @Nullable RunLog log;

  /**
   * @param args what comes after the command's name
   */
  public Session(
      Launch launch, String command, List<String> args, Printer printer, Messages messages) {
    this.launch = launch;
    this.command = command;
    this.args = List.copyOf(args);
    this.printer = printer;
    this.messages = messages;
    this.broadcast = new Broadcast(printer);
    this.run = RunIdentity.create(launch.clock(), launch.user());
  }

  Launch launch() {
    return launch;
  }

  /** The name the program was called by. */
  String program() {
    return launch.program();
  }

  Language language() {
    return launch.console().language();
  }

  Surroundings surroundings() {
    return launch.surroundings();
  }

  RunIdentity run() {
    return run;
  }

  Observer observer() {
    return broadcast;
  }

  /** Hears of everything, and can stop it. */
  public Broadcast broadcast() {
    return broadcast;
  }

  /**
   * Reads the configuration.
   *
   * @param given the file after {@code --config}
   */
  SyncConfig readConfig(@Nullable String given) {
    SyncConfig read =
        SyncConfig.read(
            ConfigFinder.find(Optional.ofNullable(given), launch.surroundings()),
            launch.surroundings());
    config = read;
    return read;
  }

  /** Reads the configuration for a run that is recorded in the log file. */
  SyncConfig beginRun(@Nullable String given) {
    SyncConfig read = readConfig(given);
    RunLog opened = openLog(read);
    opened.write(
        "%s, version %s, by %s, with %s"
            .formatted(
                (launch.program() + " " + command + " " + String.join(" ", args)).strip(),
                launch.version(),
                launch.user(),
                read.file()));
    broadcast.add(opened);
    return read;
  }

  private RunLog openLog(SyncConfig read) {
    RunLog opened =
        new RunLog(
            read.logFile(),
            run.id(),
            launch.clock(),
            new Messages(Language.ENGLISH, ZoneOffset.UTC),
            printer::warns);
    log = opened;
    return opened;
  }

  /** The log file of this run; empty where it has none. */
  public Optional<RunLog> log() {
    return Optional.ofNullable(log);
  }

  /** The log file for something that should not have happened, also where the run had none. */
  public Optional<RunLog> logOfBug() {
    return log != null || config == null ? log() : Optional.of(openLog(config));
  }

  /** The environment's site; to be closed. */
  Site open(Environment environment) {
    return Sites.open(
        config(), environment, launch.surroundings(), launch.version(), launch.clock());
  }

  /**
   * What is done between the two environments.
   *
   * @param consent asks before the first write
   */
  DirectedSync directed(Site source, Site target, Consent consent) {
    return new DirectedSync(
        config(), guard(), source, target, observer(), consent, run(), launch.clock());
  }

  /** A file as the user named it, from the folder the program was called in. */
  @Nullable Path here(@Nullable Path named) {
    return named == null ? null : surroundings().directory().resolve(named).normalize();
  }

  Guard guard() {
    return new Guard(config(), launch.version(), launch.clock());
  }

  private SyncConfig config() {
    if (config == null) {
      throw new IllegalStateException("The configuration was not read");
    }
    return config;
  }

  /**
   * @param force whether the user agreed beforehand
   * @param json whether scripts read the output
   */
  Consent consent(boolean force, boolean json) {
    return new TerminalConsent(
        force,
        json,
        "Say --force, if it is meant; it skips the question, not the checks.",
        launch.console(),
        printer,
        messages,
        asking);
  }

  /** Asks at a terminal or not at all: for what nobody can agree to beforehand. */
  Consent consentAtTerminal(boolean json) {
    return new TerminalConsent(
        false, json, "Run it at a terminal.", launch.console(), printer, messages, asking);
  }

  /** Whether the user is being asked, so that the command does nothing but wait. */
  public boolean isAsking() {
    return asking.get();
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }
}
