package io.travaso.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the checks of a runbook: pages, programs, queries. */
final class RunbookCheckReader {
  /** A check that looks at what is there already. */
  static final Duration ONCE = Duration.ZERO;

  /** A check of something that has just been started. */
  static final Duration SMOKE = Duration.ofMinutes(1);

  private static final int MOST_TRIES = 10_000;

  private RunbookCheckReader() {}

  /**
   * A list of checks.
   *
   * @param within how long one is tried where it does not say itself
   */
  static List<RunbookCheck> checks(Section owner, String key, Duration within) {
    List<RunbookCheck> checks = new ArrayList<>();
    for (Section section : RunbookTexts.sections(owner, key)) {
      check(section, within).ifPresent(checks::add);
    }
    return checks;
  }

  /** One check: {@code {name: …, http: {…}}}. */
  static Optional<RunbookCheck> check(Section section, Duration within) {
    String name = section.text("name").orElse(null);
    List<RunbookCheck> found = new ArrayList<>();
    section.section("http").ifPresent(it -> found.add(http(name, it, within)));
    section.section("command").ifPresent(it -> found.add(command(name, it, within)));
    section.section("sql").ifPresent(it -> found.add(sql(name, it, within)));
    boolean written = section.has("http") || section.has("command") || section.has("sql");
    if (!written || found.size() > 1) {
      section.problem(
          "",
          written ? "asks more than one thing" : "asks nothing",
          "a check is one of http, command and sql");
    }
    section.refuseUnknownKeys();
    return found.stream().findFirst();
  }

  private static RunbookCheck http(@Nullable String name, Section section, Duration within) {
    String url = RunbookTexts.text(section, "url").orElse("");
    if (!section.has("url")) {
      section.missing("url", "http://127.0.0.1:8080/");
    } else if (!url.isEmpty() && !url.matches("https?://[^@\\s]+")) {
      section.problem("url", "is no http address", "without a user in it, for example http://…");
    }
    int status = section.number("status", 200, 100, 599);
    List<String> contains = RunbookTexts.texts(section, "contains");
    Map<String, String> json = RunbookTexts.map(section, "json");
    if (json.keySet().stream().anyMatch(pointer -> !pointer.startsWith("/"))) {
      section.problem("json", "has a key that is no JSON pointer", "for example /version: 1.2");
    }
    RunbookCheck.Patience patience = patience(section, within);
    section.refuseUnknownKeys();
    return new RunbookCheck.Http(name, url, status, contains, json, patience);
  }

  /** Its {@code within} is how long it is tried, not how long one try may take. */
  private static RunbookCheck command(@Nullable String name, Section section, Duration within) {
    Runbook.Program program = RunbookActionReader.program(section);
    List<String> contains = RunbookTexts.texts(section, "contains");
    String equals = RunbookTexts.text(section, "equals").orElse(null);
    RunbookCheck.Patience patience = patience(section, within);
    section.refuseUnknownKeys();
    Runbook.Program unlimited =
        new Runbook.Program(
            program.service(),
            program.user(),
            program.argv(),
            program.oneOff(),
            program.skipEntrypoint(),
            program.environment(),
            program.envFile(),
            null);
    return new RunbookCheck.Command(name, unlimited, contains, equals, patience);
  }

  private static RunbookCheck sql(@Nullable String name, Section section, Duration within) {
    String database = section.requiredText("database", "main");
    if (!section.has("query")) {
      section.missing("query", "SELECT count(*) FROM jobs");
    }
    if (!section.has("equals")) {
      section.missing("equals", "\"0\"");
    }
    String query = RunbookTexts.text(section, "query").orElse("");
    String equals = RunbookTexts.text(section, "equals").orElse("");
    RunbookCheck.Patience patience = patience(section, within);
    section.refuseUnknownKeys();
    return new RunbookCheck.Sql(name, database, query, equals, patience);
  }

  private static RunbookCheck.Patience patience(Section section, Duration within) {
    int tries = section.has("tries") ? section.number("tries", 1, 1, MOST_TRIES) : 0;
    Duration patience = Amounts.duration(section, "within").orElse(within);
    return new RunbookCheck.Patience(tries, patience);
  }
}
