package io.travaso.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.Progress;
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
import io.travaso.site.Exported;
import io.travaso.site.LocalSite;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import io.travaso.testing.Contents;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * Two databases of one schema, dev and prod, and the whole way between them as a user goes it:
 * check, export, fixture, plan, merge, verification. Only the backup is left out: not every version
 * has its pg_dump here.
 *
 * <p>All tables are synced unless {@link #tables} or {@link #outside} say less.
 */
final class Crossing implements AutoCloseable {
  private static final String VERSION = "traps";
  private static final Clock CLOCK = Clock.systemUTC();

  /** The names of all tables, as the configuration and as SQL writes them. */
  private static final String TABLES =
      """
      SELECT format('%s.%s', CASE WHEN nspname ~ '[."]' THEN '"' || replace(nspname, '"', '""') || '"' ELSE nspname END,
                             CASE WHEN relname ~ '[."]' THEN '"' || replace(relname, '"', '""') || '"' ELSE relname END)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
       WHERE relkind IN ('r', 'p') AND NOT relispartition AND relpersistence <> 't'
         AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'travaso') ORDER BY c.oid
      """;

  /** The same of a MariaDB. */
  private static final String MARIADB_TABLES =
      """
      SELECT CONCAT('public.', CASE WHEN table_name REGEXP '[."]' THEN CONCAT('"', REPLACE(table_name, '"', '""'), '"')
                                    ELSE table_name END)
        FROM information_schema.tables
       WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
         AND table_name NOT LIKE 'travaso\\\\_%' ORDER BY create_time, table_name
      """;

  private final TestDatabase dev;
  private final TestDatabase prod;
  private final Path folder;
  private final List<String> outside = new ArrayList<>();
  private final Set<Outcome> proven = EnumSet.noneOf(Outcome.class);
  private List<String> tables = List.of();
  private String more = "";
  private @Nullable String meanwhile;
  private Heard heard = new Heard(() -> {});

  Crossing(TestServer server, Path folder, String... schema) {
    this.dev = DatabasePool.take(server);
    this.prod = DatabasePool.take(server);
    this.folder = folder;
    both(schema);
  }

  int version() {
    return dev.server().majorVersion();
  }

  /** What was shown so far. */
  Set<Outcome> proven() {
    return proven;
  }

  Crossing dev(String... sql) {
    dev.execute(sql);
    return this;
  }

  Crossing prod(String... sql) {
    prod.execute(sql);
    return this;
  }

  Crossing both(String... sql) {
    return dev(sql).prod(sql);
  }

  /** Sets something up in both as a superuser. */
  Crossing admin(String... sql) {
    dev.executeAsAdmin(sql);
    prod.executeAsAdmin(sql);
    return this;
  }

  TestDatabase dev() {
    return dev;
  }

  TestDatabase prod() {
    return prod;
  }

  /** The entries under {@code tables}, as YAML. */
  Crossing tables(String... entries) {
    tables = List.of(entries);
    return this;
  }

  /** Tables that are not synced, named under {@code exclude}. */
  Crossing outside(String... names) {
    outside.addAll(List.of(names));
    return this;
  }

  /** Further lines of the configuration. */
  Crossing configured(String yaml) {
    more = yaml;
    return this;
  }

  private SyncConfig config() {
    List<String> entries = new ArrayList<>(tables);
    if (entries.isEmpty()) {
      for (String name : dev.rows(isMariaDb() ? MARIADB_TABLES : TABLES)) {
        if (!outside.contains(name) && !outside.contains(name.replaceFirst("^public\\.", ""))) {
          entries.add(yaml(name));
        }
      }
    }
    Path secret = folder.resolve("password");
    try {
      Files.writeString(secret, dev.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String environment = "%s: {database: {url: \"%s\", password: {file: %s}}}";
    return SyncConfig.parse(
        """
        environments:
          %s
          %s
        exports: {directory: exports, keep: 2}
        tables: [%s]
        exclude: [%s]
        %s
        """
            .formatted(
                environment.formatted("dev", dev.url(), secret),
                environment.formatted("prod", prod.url(), secret),
                String.join(", ", entries),
                outside.stream().map(Crossing::yaml).collect(Collectors.joining(", ")),
                more),
        folder.resolve("sync.yaml"),
        surroundings());
  }

  private boolean isMariaDb() {
    return dev.engine() == Engine.MARIADB;
  }

  private static String yaml(String name) {
    return "'" + name.replace("'", "''") + "'";
  }

  private Surroundings surroundings() {
    return new Surroundings(Map.of(), folder, folder);
  }

  private Site site(SyncConfig config, String environment) {
    return new LocalSite(config, config.environment(environment), surroundings(), VERSION, CLOCK);
  }

  /** Runs a sync from dev to prod. */
  SyncReport sync() {
    return run(false, false, null);
  }

  /** Runs a sync while somebody does something in dev, as soon as the first rows are exported. */
  SyncReport syncWhile(String sql) {
    meanwhile = sql;
    try {
      return sync();
    } finally {
      meanwhile = null;
    }
  }

  SyncReport replace() {
    return run(false, true, null);
  }

  /** Merges a fixture into prod. */
  SyncReport merge(Path fixture) {
    return run(false, false, fixture);
  }

  private SyncReport run(boolean dryRun, boolean replace, @Nullable Path fixture) {
    SyncConfig config = config();
    heard = new Heard(this::meanwhile);
    try (Site from = site(config, "dev");
        Site to = site(config, "prod")) {
      return new Synchronization(
              new SyncOptions(
                  fixture == null ? "dev-to-prod" : "import",
                  dryRun,
                  replace,
                  false,
                  List.of(),
                  fixture,
                  false,
                  false,
                  false),
              new Guard(config, VERSION, CLOCK),
              fixture == null ? from : null,
              to,
              heard,
              new Agreed(),
              RunIdentity.create(CLOCK, "me@here"))
          .run();
    }
  }

  private void meanwhile() {
    String sql = meanwhile;
    if (sql != null) {
      meanwhile = null;
      dev.execute(sql);
    }
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

  /** Exports dev as one record a line. */
  Path export() {
    return export("dev");
  }

  private Path export(String environment) {
    SyncConfig config = config();
    try (Site site = site(config, environment)) {
      Exported exported =
          site.export(new Requests.Export(List.of(), null, ".json", 0), Progress.SILENT);
      return Path.of(exported.file());
    }
  }

  /** Expects that dev's rows arrive as they are, and that nothing is left to do. */
  Crossing arrives(String... tables) {
    sync();
    List<String> compared = compared(tables);
    for (String table : compared) {
      assertThat(rows(prod, table)).as(table).containsAll(rows(dev, table));
    }
    return settled();
  }

  /** Expects that a full replace makes prod's tables copies of dev's. */
  Crossing arrivesWhole(String... tables) {
    replace();
    for (String table : compared(tables)) {
      assertThat(rows(prod, table)).as(table).isEqualTo(rows(dev, table));
    }
    assertThat(run(true, true, null).totals().changes()).as("a second full replace").isZero();
    proven.add(Outcome.EXACT);
    return this;
  }

  /** Expects that a sync finds nothing to do. */
  Crossing settled() {
    assertThat(run(true, false, null).totals().changes()).as("a second sync").isZero();
    proven.add(Outcome.EXACT);
    return this;
  }

  /** Expects rows of prod, as the server's text of the whole row. */
  Crossing holds(String table, String... rows) {
    assertThat(rows(prod, table)).as(table).containsExactlyInAnyOrder(rows);
    proven.add(Outcome.EXACT);
    return this;
  }

  private List<String> compared(String... tables) {
    if (tables.length > 0) {
      return List.of(tables);
    }
    if (isMariaDb()) {
      return dev.rows(MARIADB_TABLES).stream()
          .map(t -> t.replaceFirst("^public\\.", ""))
          .filter(t -> !outside.contains(t))
          .map(Crossing::backquoted)
          .toList();
    }
    return dev
        .rows(TABLES.replaceFirst("format[^\n]*\n[^\n]*", "format('%I.%I', nspname, relname)"))
        .stream()
        .filter(t -> !outside.contains(t.replaceFirst("^public\\.", "")))
        .toList();
  }

  private static String backquoted(String name) {
    String plain =
        name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    return '`' + plain.replace("`", "``") + '`';
  }

  /** A table's rows in byte order, without those of tables that inherit from it. */
  static List<String> rows(TestDatabase database, String table) {
    if (database.engine() == Engine.MARIADB) {
      return database.table(table);
    }
    return database.rows(
        "SELECT x::text FROM "
            + table
            + " AS x WHERE tableoid IN (SELECT relid FROM pg_partition_tree('"
            + table.replace("'", "''")
            + "') UNION SELECT '"
            + table.replace("'", "''")
            + "'::regclass) ORDER BY x::text COLLATE \"C\"");
  }

  /** Expects that a sync is refused, with these words, and that prod is as it was. */
  Crossing refused(String... words) {
    return refuses(this::sync, words);
  }

  Crossing refusesReplace(String... words) {
    return refuses(this::replace, words);
  }

  Crossing refuses(ThrowingCallable run, String... words) {
    List<String> before = Contents.withoutLedger(prod);
    SyncException failure = catchThrowableOfType(SyncException.class, run);
    assertThat(failure).as("a refusal").isNotNull();
    assertThat(List.of(words)).allMatch(word -> text(failure).contains(word), text(failure));
    assertThat(Contents.withoutLedger(prod)).as("prod is as it was").isEqualTo(before);
    proven.add(Outcome.REFUSED);
    return this;
  }

  private static String text(SyncException failure) {
    return failure.what() + "\n" + String.join("\n", failure.details()) + "\n" + failure.hint();
  }

  /** What the last run's check said without stopping it. */
  List<String> warnings() {
    return heard.findings().stream().map(Finding::line).toList();
  }

  /** Expects that a page of the documentation names a difference. */
  Crossing documented(String page, String words) {
    assertThat(Project.read(page).replaceAll("\\s+", " ")).contains(words);
    proven.add(Outcome.DOCUMENTED);
    return this;
  }

  @Override
  public void close() {
    DatabasePool.giveBack(dev);
    DatabasePool.giveBack(prod);
  }
}
