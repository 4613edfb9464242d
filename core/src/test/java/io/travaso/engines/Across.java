package io.travaso.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Consent;
import io.travaso.pipeline.Guard;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.RunIdentity;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.Synchronization;
import io.travaso.site.LocalSite;
import io.travaso.site.Site;
import io.travaso.testing.Contents;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A database on PostgreSQL and its twin on MariaDB, called {@code postgres} and {@code maria}, and
 * the whole way between them as a user goes it: check, export, fixture, plan, merge, verification.
 */
final class Across implements AutoCloseable {
  private static final String VERSION = "engines";
  private static final Clock CLOCK = Clock.systemUTC();

  final TestDatabase postgres = DatabasePool.take(Engine.POSTGRESQL.shared());
  final TestDatabase maria = DatabasePool.take(Engine.MARIADB.shared());
  private final Path folder;
  private List<String> tables = List.of();
  private String more = "";

  Across(Path folder) {
    this.folder = folder;
  }

  Across postgres(String... sql) {
    postgres.execute(sql);
    return this;
  }

  Across maria(String... sql) {
    maria.execute(sql);
    return this;
  }

  /** The entries under {@code tables}, as YAML. */
  Across tables(String... entries) {
    tables = List.of(entries);
    return this;
  }

  /** Further lines of the configuration. */
  Across configured(String yaml) {
    more = yaml;
    return this;
  }

  private SyncConfig config() {
    return SyncConfig.parse(
        """
        environments:
          %s
          %s
        exports: {directory: exports, keep: 2}
        tables: [%s]
        %s
        """
            .formatted(
                environment("postgres", postgres),
                environment("maria", maria),
                String.join(", ", tables),
                more),
        folder.resolve("sync.yaml"),
        surroundings());
  }

  private String environment(String name, TestDatabase database) {
    Path secret = folder.resolve(name + ".password");
    try {
      Files.writeString(secret, database.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "%s: {database: {url: \"%s\", password: {file: %s}}}"
        .formatted(name, database.url(), secret);
  }

  private Surroundings surroundings() {
    return new Surroundings(Map.of(), folder, folder);
  }

  private Site site(SyncConfig config, String environment) {
    return new LocalSite(config, config.environment(environment), surroundings(), VERSION, CLOCK);
  }

  /** Runs a sync from one to the other. */
  SyncReport sync(String source, String target) {
    return run(source, target, false, false);
  }

  /** The same, with the rows deleted that only the target has. */
  SyncReport replace(String source, String target) {
    return run(source, target, false, true);
  }

  private SyncReport run(String source, String target, boolean dryRun, boolean replace) {
    SyncConfig config = config();
    try (Site from = site(config, source);
        Site to = site(config, target)) {
      return new Synchronization(
              new SyncOptions(
                  source + "-to-" + target,
                  dryRun,
                  replace,
                  false,
                  List.of(),
                  null,
                  false,
                  false,
                  false),
              new Guard(config, VERSION, CLOCK),
              from,
              to,
              new Silent(),
              new Agreed(),
              RunIdentity.create(CLOCK, "me@here"))
          .run();
    }
  }

  /** Expects that a sync finds nothing to do. */
  Across settled(String source, String target) {
    assertThat(run(source, target, true, false).totals().changes())
        .as("changes from %s to %s", source, target)
        .isZero();
    return this;
  }

  /** Expects that a sync is refused with these words, and that the target is as it was. */
  Across refused(String source, String target, String... words) {
    TestDatabase written = target.equals("maria") ? maria : postgres;
    List<String> before = Contents.withoutLedger(written);
    SyncException failure = catchThrowableOfType(SyncException.class, () -> sync(source, target));
    assertThat(failure).as("a refusal").isNotNull();
    String text =
        failure.what() + "\n" + String.join("\n", failure.details()) + "\n" + failure.hint();
    assertThat(text).contains(words);
    assertThat(failure.kind()).as(text).isEqualTo(SyncException.Kind.REFUSED);
    assertThat(Contents.withoutLedger(written)).as("%s is as it was", target).isEqualTo(before);
    return this;
  }

  private record Agreed() implements Consent {
    @Override
    public boolean isGiven(Note question, String answer) {
      return true;
    }

    @Override
    public boolean isGivenBeforehand() {
      return true;
    }
  }

  @Override
  public void close() {
    DatabasePool.giveBack(postgres);
    DatabasePool.giveBack(maria);
  }
}
