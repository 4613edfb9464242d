package io.travaso.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.SyncException;
import io.travaso.config.RunbookCheck;
import io.travaso.host.CommandResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks what a runbook asks, until the answer is right or the patience is over. */
final class Checks {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration ONE_TRY = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();

  private final Workplace workplace;
  private final Programs programs;
  private @Nullable HttpClient client;

  Checks(Workplace workplace, Programs programs) {
    this.workplace = workplace;
    this.programs = programs;
  }

  /** Asks them in their order; the first whose answer stays wrong is a {@code FAILED} error. */
  void require(List<RunbookCheck> checks) {
    for (RunbookCheck check : checks) {
      wrong(check)
          .ifPresent(
              why -> {
                throw new SyncException(
                    SyncException.Kind.FAILED,
                    Told.of(check) + ": " + why.what(),
                    "",
                    why.details());
              });
    }
  }

  /** Why the answer is not right; empty where it is. */
  Optional<SyncException> wrong(RunbookCheck check) {
    RunbookCheck.Patience patience = check.patience();
    long end = System.nanoTime() + patience.within().toNanos();
    for (int i = 1; true; i++) {
      Optional<SyncException> wrong = once(check);
      boolean isOver = System.nanoTime() >= end || i == patience.tries();
      if (wrong.isEmpty() || isOver) {
        return wrong;
      }
      pause(PAUSE);
    }
  }

  private Optional<SyncException> once(RunbookCheck check) {
    try {
      if (check instanceof RunbookCheck.Http http) {
        ask(http);
      } else if (check instanceof RunbookCheck.Command command) {
        ask(command);
      } else if (check instanceof RunbookCheck.Sql sql) {
        ask(sql);
      }
      return Optional.empty();
    } catch (SyncException e) {
      if (e.kind() == SyncException.Kind.INTERRUPTED) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private void ask(RunbookCheck.Http check) {
    HttpResponse<String> response = get(check.url());
    if (response.statusCode() != check.status()) {
      throw SyncException.failed(
          "the status is " + response.statusCode() + ", not " + check.status(), "");
    }
    for (String text : check.contains()) {
      if (!response.body().contains(text)) {
        throw SyncException.failed("its body does not contain " + text, "");
      }
    }
    if (!check.json().isEmpty()) {
      compare(check.json(), response.body());
    }
  }

  private static void compare(Map<String, String> wanted, String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw SyncException.failed("its body is not JSON", "");
    }
    wanted.forEach(
        (pointer, value) -> {
          String found = root.at(pointer).asText();
          if (!found.equals(value)) {
            throw SyncException.failed(
                "%s is %s, not %s".formatted(pointer, found.isEmpty() ? "nothing" : found, value),
                "");
          }
        });
  }

  /** Redirects are an answer like others, and proxies are not asked. */
  private HttpResponse<String> get(String url) {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .connectTimeout(ONE_TRY)
              .version(HttpClient.Version.HTTP_1_1)
              .proxy(HttpClient.Builder.NO_PROXY)
              .build();
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(ONE_TRY).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new SyncException(SyncException.Kind.FAILED, "no answer (" + why + ")", "", e);
    } catch (IllegalArgumentException e) {
      throw SyncException.configuration(url + " is no http address", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "interrupted while asking " + url, "", e);
    }
  }

  private void ask(RunbookCheck.Command check) {
    CommandResult result = programs.run(check.program());
    if (!result.succeeded()) {
      throw Programs.failed(check.program(), result);
    }
    List<String> missing = new ArrayList<>(check.contains());
    missing.removeIf(result.output()::contains);
    if (!missing.isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "its output does not contain " + String.join(", ", missing),
          "",
          result.output().lines().limit(20).toList());
    }
    String equals = check.equals();
    if (equals != null && !result.output().strip().equals(equals)) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "its output is not " + equals,
          "",
          result.output().lines().limit(20).toList());
    }
  }

  /** What a query says may be a row's value: only whether it is the right one is told. */
  private void ask(RunbookCheck.Sql check) {
    List<String> rows =
        new ServiceDatabase(workplace, workplace.database(check.database())).ask(check.query());
    if (rows.size() != 1) {
      throw SyncException.failed("it has " + rows.size() + " rows, not one", "");
    }
    if (!rows.get(0).equals(check.equals())) {
      String found = rows.get(0).matches("-?[0-9]{1,18}") ? rows.get(0) : "another value";
      throw SyncException.failed("it says " + found + ", not " + check.equals(), "");
    }
  }

  static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(SyncException.Kind.INTERRUPTED, "interrupted while waiting", "", e);
    }
  }
}
