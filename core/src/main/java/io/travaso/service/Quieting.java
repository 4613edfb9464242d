package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.ServiceSettings;
import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.config.ServiceSettings.ServiceCommand;
import io.travaso.container.ComposeProject;
import io.travaso.container.Container;
import io.travaso.service.Quiesced.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a service hold still, and lets go on what ran before. */
final class Quieting {
  private final ServiceSettings service;
  private final ComposeProject project;
  private final StillFile file;
  private final Clock clock;

  Quieting(ServiceSettings service, ComposeProject project, Clock clock) {
    this.service = service;
    this.project = project;
    this.file = new StillFile(service);
    this.clock = clock;
  }

  /** What was left holding still; empty where the service goes on as ever. */
  Optional<Quiesced> left() {
    return file.read();
  }

  /**
   * Makes it hold still: commands, then pause, then stop. What holds still already is remembered as
   * well. A failure leaves it to {@link #resume} to undo what was done.
   *
   * @param why for people
   */
  void hold(Reason reason, String why, Quiesce how) {
    Optional<Quiesced> before = left();
    List<String> stop = running(how.stop());
    List<String> pause = running(how.pause());
    boolean commands = commandsRun(how);
    file.write(
        new Quiesced(
            service.name(),
            service.environment(),
            reason,
            why,
            clock.instant().toString(),
            both(before.map(Quiesced::stopped).orElse(List.of()), stop),
            both(before.map(Quiesced::paused).orElse(List.of()), pause),
            commands || before.map(Quiesced::commands).orElse(false),
            before.map(Quiesced::before).orElse(null)));
    if (commands) {
      how.before().forEach(command -> new Running(project, command).run());
    }
    if (!pause.isEmpty()) {
      project.pause(pause);
    }
    if (!stop.isEmpty()) {
      project.stop(stop);
    }
  }

  private static List<String> both(List<String> before, List<String> now) {
    Set<String> all = new LinkedHashSet<>(before);
    all.addAll(now);
    return List.copyOf(all);
  }

  /** Those that run: only they are started again. */
  private List<String> running(List<String> names) {
    List<String> running = new ArrayList<>();
    for (String name : names) {
      if (project.find(name).filter(it -> it.isRunning() && !it.isPaused()).isPresent()) {
        running.add(name);
      }
    }
    return running;
  }

  /** Whether the commands can be run; a service that is down holds still by itself. */
  private boolean commandsRun(Quiesce how) {
    Set<String> where = new LinkedHashSet<>();
    how.before().forEach(it -> where.add(it.service()));
    how.after().forEach(it -> where.add(it.service()));
    List<String> running = running(List.copyOf(where));
    if (!running.isEmpty() && running.size() < where.size()) {
      where.removeAll(running);
      throw SyncException.failed(
          "the commands that make %s hold still need %s, which does not run"
              .formatted(service.name(), String.join(", ", where)),
          "start it, or take its commands out of `quiesce`");
    }
    return !running.isEmpty();
  }

  /** Writes down which backup holds what was there before it is replaced. */
  void noteBefore(String backup) {
    left()
        .ifPresent(
            it ->
                file.write(
                    new Quiesced(
                        it.service(),
                        it.environment(),
                        it.reason(),
                        it.why(),
                        it.since(),
                        it.stopped(),
                        it.paused(),
                        it.commands(),
                        backup)));
  }

  /** Changes what is written down of a service that holds still. */
  void note(Reason reason, String why) {
    left()
        .ifPresent(
            it ->
                file.write(
                    new Quiesced(
                        it.service(),
                        it.environment(),
                        reason,
                        why,
                        it.since(),
                        it.stopped(),
                        it.paused(),
                        it.commands(),
                        it.before())));
  }

  /**
   * Lets go on what ran before, also for somebody who was interrupted: start, then unpause, then
   * the commands.
   *
   * @return the compose services that go on
   * @throws SyncException that says what to type, where it fails
   */
  List<String> resume(Progress progress) {
    boolean interrupted = Thread.interrupted();
    try {
      return left().map(it -> resume(it, progress)).orElse(List.of());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<String> resume(Quiesced still, Progress progress) {
    try {
      List<String> start =
          still.stopped().stream()
              .filter(it -> project.find(it).filter(Container::isRunning).isEmpty())
              .toList();
      if (!start.isEmpty()) {
        project.start(start);
      }
      List<String> unpause =
          still.paused().stream()
              .filter(it -> project.find(it).filter(Container::isPaused).isPresent())
              .toList();
      if (!unpause.isEmpty()) {
        project.unpause(unpause);
      }
      if (still.commands()) {
        service.quiesce().after().forEach(command -> new Running(project, command).run());
      }
      file.delete();
    } catch (SyncException e) {
      throw notResumed(still, e);
    }
    List<String> all = both(still.stopped(), still.paused());
    progress.tells(
        service.name() + " goes on" + (all.isEmpty() ? "" : ": " + String.join(", ", all)));
    return all;
  }

  private SyncException notResumed(Quiesced still, SyncException cause) {
    List<String> details = new ArrayList<>();
    String why = cause.hint().isEmpty() ? cause.what() : cause.what() + " → " + cause.hint();
    details.add(why);
    details.addAll(cause.details());
    details.add("What lets it go on, in this order:");
    details.addAll(commands(still));
    return new SyncException(
        cause.kind(),
        service.name() + " holds still and could not be let go on",
        "sync resume " + service.name() + " tries again; the commands below do it by hand",
        details);
  }

  /** What to type to let it go on. */
  private List<String> commands(Quiesced still) {
    String compose =
        "docker compose -f "
            + service.compose()
            + (service.profile() == null ? "" : " --profile " + service.profile());
    List<String> commands = new ArrayList<>();
    if (!still.stopped().isEmpty()) {
      commands.add(compose + " start " + String.join(" ", still.stopped()));
    }
    if (!still.paused().isEmpty()) {
      commands.add(compose + " unpause " + String.join(" ", still.paused()));
    }
    if (still.commands()) {
      for (ServiceCommand command : service.quiesce().after()) {
        String user = command.user() == null ? "" : " --user " + command.user();
        commands.add(
            compose + " exec -T" + user + " " + command.service() + " " + Running.told(command));
      }
    }
    return commands;
  }
}
