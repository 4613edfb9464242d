package io.travaso.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.config.Environment;
import io.travaso.host.CommandResult;
import io.travaso.host.Host;
import io.travaso.host.RunningCommand;
import io.travaso.site.Protocol.Hello;
import io.travaso.site.Protocol.Operation;
import io.travaso.site.Protocol.Question;
import io.travaso.site.Protocol.Reply;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tool on another host, running and waiting for questions. */
final class RemoteTool implements AutoCloseable {
  /** Lines that a login script may print before the greeting. */
  private static final int NOISE = 100;

  /** How long the tool over there has to close its sessions. */
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private final Host host;
  private final Environment environment;
  private final RunningCommand running;
  private final BufferedReader in;
  private final BufferedWriter out;
  private final Hello hello;
  private boolean busy;

  private RemoteTool(Host host, Environment environment, RunningCommand running, String version) {
    this.host = host;
    this.environment = environment;
    this.running = running;
    this.in = new BufferedReader(new InputStreamReader(running.output(), StandardCharsets.UTF_8));
    this.out = new BufferedWriter(new OutputStreamWriter(running.input(), StandardCharsets.UTF_8));
    this.hello = greet(version);
  }

  /**
   * Starts it.
   *
   * @throws SyncException if it is not installed there, or is another version
   */
  static RemoteTool start(Host host, Environment environment, String version) {
    RunningCommand running = host.start(RemoteLayout.of(environment).siteCommand(environment));
    try {
      return new RemoteTool(host, environment, running, version);
    } catch (SyncException e) {
      running.close();
      throw e;
    }
  }

  Hello hello() {
    return hello;
  }

  private Hello greet(String version) {
    for (int i = 0; i < NOISE; i++) {
      String line = readLine();
      if (line == null) {
        throw notStarted();
      }
      if (line.startsWith("{\"travaso\":")) {
        Hello greeting = parse(line, new TypeReference<>() {});
        if (!greeting.travaso().equals(version)) {
          throw SyncException.refused(
              "The tool on %s is version %s, here it is %s"
                  .formatted(host.name(), greeting.travaso(), version),
              "Run `sync deploy " + environment.name() + "`.");
        }
        return greeting;
      }
    }
    throw SyncException.host(
        "The tool on " + host.name() + " does not greet as expected",
        "Run `sync deploy " + environment.name() + "`.");
  }

  private SyncException notStarted() {
    CommandResult result = running.waitFor();
    boolean missing = result.exitStatus() == 127 || result.exitStatus() == 126;
    String what =
        missing
            ? "The tool is not installed on " + host.name()
            : "The tool does not start on %s (exit status %d)"
                .formatted(host.name(), result.exitStatus());
    // What it says itself, when it does not find Java for instance, ends with what to do.
    List<String> said = result.errorLines();
    Optional<String> advice = said.stream().filter(RemoteTool::isAdvice).findFirst();
    return new SyncException(
        Kind.HOST,
        what,
        advice
            .map(line -> line.replaceFirst("^ *(→|->) *", ""))
            .orElse("Run `sync deploy " + environment.name() + "`, then try again."),
        said.stream().filter(line -> !isAdvice(line)).toList());
  }

  private static boolean isAdvice(String line) {
    return line.stripLeading().startsWith("→ ") || line.stripLeading().startsWith("-> ");
  }

  /** Asks, and waits for the answer. */
  <T> T ask(Operation operation, Object request, TypeReference<T> answer, Progress progress) {
    JsonNode json = answer(operation, request, progress);
    return Protocol.JSON.convertValue(json, answer);
  }

  /** Asks for something that has no answer but that it is done. */
  void tell(Operation operation, Object request) {
    answer(operation, request, Progress.SILENT);
  }

  private JsonNode answer(Operation operation, Object request, Progress progress) {
    busy = true;
    JsonNode answer = await(operation, request, progress);
    busy = false;
    return answer;
  }

  private JsonNode await(Operation operation, Object request, Progress progress) {
    say(Protocol.line(new Question(operation, Protocol.JSON.valueToTree(request))));
    while (true) {
      String line = readLine();
      if (line == null) {
        throw lost(operation);
      }
      Reply reply = parse(line, new TypeReference<>() {});
      if (reply.progress() != null) {
        reply.progress().tell(progress);
      } else if (reply.error() != null) {
        busy = false;
        throw reply.error().exception();
      } else if (reply.answer() != null) {
        return reply.answer();
      }
    }
  }

  private SyncException lost(Operation operation) {
    return new SyncException(
        Kind.HOST,
        "The connection to "
            + host.name()
            + " was lost while it was busy with "
            + operation.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        hint(operation),
        running.errors().lines().toList());
  }

  private String hint(Operation operation) {
    return switch (operation) {
      case MERGE ->
          "Whether the merge was committed, `sync history --env "
              + environment.name()
              + "` knows: it is there as applied, or nothing was written.";
      case UPGRADE, ROLL_BACK_UPGRADE ->
          "It may go on over there. `sync upgrade` says how far it came, and goes on from there.";
      case TAKE_SERVICE, RESTORE ->
          "It may go on over there. `sync doctor --env "
              + environment.name()
              + "` says whether a service was left holding still, and `sync resume` lets it go on.";
      default -> "Nothing was written. Try again.";
    };
  }

  private void say(String line) {
    try {
      out.write(line);
      out.newLine();
      out.flush();
    } catch (IOException e) {
      throw disconnected(e);
    }
  }

  private @Nullable String readLine() {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw disconnected(e);
    }
  }

  private SyncException disconnected(IOException e) {
    return new SyncException(
        Kind.HOST,
        "The connection to " + host.name() + " was lost: " + e.getMessage(),
        "What became of a run that was writing, `sync history --env "
            + environment.name()
            + "` knows.",
        e);
  }

  private <T> T parse(String line, TypeReference<T> type) {
    try {
      return Protocol.JSON.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new SyncException(
          Kind.HOST,
          "The tool on "
              + host.name()
              + " said something that is not understood: "
              + e.getOriginalMessage(),
          "Run `sync deploy " + environment.name() + "`.",
          e);
    }
  }

  @Override
  public void close() {
    if (!busy) {
      awaitLeaving();
    }
    running.close();
  }

  /** When nothing more comes, it closes what it has open and ends; a signal would cut it short. */
  private void awaitLeaving() {
    Thread leaving = new Thread(this::leave, "end of the tool on " + host.name());
    leaving.setDaemon(true);
    leaving.start();
    try {
      leaving.join(LEAVING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    try {
      out.close();
      running.waitFor();
    } catch (IOException | SyncException e) {
      // It ended in another way, or the connection did: closing sees to what is left.
      return;
    }
  }
}
