package io.travaso.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.config.OnConflict;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.merge.Conflict;
import io.travaso.merge.Decision;
import io.travaso.merge.MergePlan;
import io.travaso.pipeline.Consent;
import io.travaso.pipeline.DirectedSync;
import io.travaso.pipeline.Guard;
import io.travaso.pipeline.MergeOptions;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Rollback;
import io.travaso.pipeline.RunIdentity;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.Synchronization;
import io.travaso.site.FixturePlan;
import io.travaso.site.LocalSite;
import io.travaso.site.Site;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two databases of one schema, dev and prod, and whole runs between them. */
final class Twins implements AutoCloseable {
  private static final String VERSION = "1.2.3";

  final TestDatabase dev;
  final TestDatabase prod;
  private final Path folder;
  private final String text;
  private final SyncConfig config;
  private final Surroundings surroundings;
  private MergeOptions options = MergeOptions.NONE;
  private boolean fullReplace;
  private boolean fullFixture;
  private @Nullable MergePlan lastPlan;
  private Runnable beforePlan = () -> {};
  private Runnable beforeMerge = () -> {};

  private Twins(Engine devEngine, Engine prodEngine, Path folder, String tables, String... schema) {
    dev = DatabasePool.take(devEngine.shared());
    prod = DatabasePool.take(prodEngine.shared());
    dev.execute(schema);
    prod.execute(schema);
    surroundings = new Surroundings(Map.of(), folder, folder);
    Path devSecret = folder.resolve("dev-password");
    Path prodSecret = folder.resolve("prod-password");
    try {
      Files.writeString(devSecret, dev.password());
      Files.writeString(prodSecret, prod.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.folder = folder;
    text =
        """
        environments:
          dev:
            database: {url: "%s", password: {file: "%s"}, tools: "%s"}
            backups: {directory: backups-dev, keep: 3}
          prod:
            database: {url: "%s", password: {file: "%s"}, tools: "%s"}
            backups: {directory: backups-prod, keep: 3}
        %s
        """
            .formatted(
                dev.url(),
                devSecret,
                dev.server().dumpDirectory().orElseThrow(),
                prod.url(),
                prodSecret,
                prod.server().dumpDirectory().orElseThrow(),
                tables.startsWith("exports:")
                    ? tables
                    : "exports: {directory: exports, keep: 2}\n" + tables);
    config = SyncConfig.parse(text, folder.resolve("sync-config/sync.yaml"), surroundings);
  }

  static Twins of(Engine engine, Path folder, String tables, String... schema) {
    return new Twins(engine, engine, folder, tables, schema);
  }

  /** With people in both, numbered from 1, that both agreed on. */
  static Twins agreedOnPeople(Engine engine, Path folder, int count) {
    StringBuilder rows = new StringBuilder("INSERT INTO person (id, name, city) VALUES ");
    for (int i = 1; i <= count; i++) {
      rows.append(i == 1 ? "" : ", ").append("(%d, 'P%d', 'Roma')".formatted(i, i));
    }
    return of(
            engine,
            folder,
            "tables: [person]",
            "CREATE TABLE person (id int PRIMARY KEY, name varchar(40), city varchar(40))")
        .dev(rows.toString())
        .pushed();
  }

  static Twins across(Engine dev, Engine prod, Path folder, String tables, String... schema) {
    return new Twins(dev, prod, folder, tables, schema);
  }

  Twins dev(String... statements) {
    dev.execute(statements);
    return this;
  }

  Twins prod(String... statements) {
    prod.execute(statements);
    return this;
  }

  /** From now on. */
  Twins onConflict(OnConflict policy) {
    return with(policy, null, false, false, List.of());
  }

  Twins newestBy(String column) {
    return with(OnConflict.NEWEST, column, false, false, List.of());
  }

  Twins wholeRows() {
    return with(null, null, true, false, List.of());
  }

  Twins propagatingDeletes() {
    return with(null, null, false, true, List.of());
  }

  Twins deciding(List<Decision> decisions) {
    return with(null, null, false, false, decisions);
  }

  Twins fullReplace() {
    fullReplace = true;
    return this;
  }

  /** From now on every row is moved. */
  Twins fullFixture() {
    fullFixture = true;
    return this;
  }

  /** Nothing said. */
  Twins plainly() {
    fullFixture = false;
    fullReplace = false;
    return with(null, null, false, false, List.of());
  }

  Twins with(
      @Nullable OnConflict policy,
      @Nullable String newestBy,
      boolean wholeRows,
      boolean deletes,
      List<Decision> decisions) {
    options = new MergeOptions(policy, Map.of(), newestBy, wholeRows, deletes, decisions);
    return this;
  }

  SyncReport push() {
    return sync("dev", "prod", false);
  }

  SyncReport pull() {
    return sync("prod", "dev", false);
  }

  SyncReport dryPush() {
    return sync("dev", "prod", true);
  }

  /** A push with nothing said about what becomes of it, just that something was done. */
  Twins pushed() {
    assertThat(push().status()).isNotEqualTo(SyncReport.Status.CONFLICTS);
    return this;
  }

  Twins pulled() {
    assertThat(pull().status()).isNotEqualTo(SyncReport.Status.CONFLICTS);
    return this;
  }

  private SyncReport sync(String from, String to, boolean dryRun) {
    SyncOptions run =
        new SyncOptions(
            from + "-to-" + to,
            dryRun,
            fullReplace,
            true,
            List.of(),
            null,
            false,
            false,
            false,
            options,
            fullFixture);
    try (Site source = site(from);
        Site target = site(to)) {
      return new DirectedSync(
              config,
              guard(),
              source,
              listening(target),
              new Silent(),
              new Agreeing(),
              identity(),
              Clock.systemUTC())
          .run(run, null);
    }
  }

  /** From now on something happens after the rows were compared, and before the target plans. */
  Twins beforePlan(Runnable action) {
    beforePlan = action;
    return this;
  }

  /** From now on something happens between the plan and the merge. */
  Twins beforeMerge(Runnable action) {
    beforeMerge = action;
    return this;
  }

  /** Imports a fixture into prod. */
  SyncReport importToProd(Path fixture) {
    SyncOptions run =
        new SyncOptions(
            "import", false, fullReplace, true, List.of(), fixture, false, false, false, options);
    try (Site target = site("prod")) {
      return new Synchronization(
              run, guard(), null, listening(target), new Silent(), new Agreeing(), identity())
          .run();
    }
  }

  /** The same site; its last plan can be looked at. */
  private Site listening(Site site) {
    return (Site)
        Proxy.newProxyInstance(
            Site.class.getClassLoader(),
            new Class<?>[] {Site.class},
            (proxy, method, arguments) -> {
              try {
                if (method.getName().equals("plan")) {
                  beforePlan.run();
                } else if (method.getName().equals("merge")) {
                  beforeMerge.run();
                }
                Object answer = method.invoke(site, arguments);
                if (answer instanceof FixturePlan plan) {
                  lastPlan = plan.plan();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** What the last plan found in conflict. */
  List<Conflict> conflicts() {
    return Objects.requireNonNull(lastPlan).conflicts();
  }

  void rollBack(String name) {
    try (Site target = site(name)) {
      new Rollback(
              target, config.environment(name), guard(), new Silent(), new Agreeing(), identity())
          .run(null, false);
    }
  }

  Site site(String name) {
    return new LocalSite(
        config, config.environment(name), surroundings, VERSION, Clock.systemUTC());
  }

  /** The same site, whose fixtures and digests are in that folder. */
  Site site(String name, Path exports) {
    SyncConfig other =
        SyncConfig.parse(
            text.replace("{directory: exports,", "{directory: \"" + exports + "\","),
            folder.resolve("sync-config/sync.yaml"),
            surroundings);
    return new LocalSite(other, other.environment(name), surroundings, VERSION, Clock.systemUTC());
  }

  private Guard guard() {
    return new Guard(config, VERSION, Clock.systemUTC());
  }

  private static RunIdentity identity() {
    return RunIdentity.create(Clock.systemUTC(), "anna@laptop");
  }

  @Override
  public void close() {
    DatabasePool.giveBack(dev);
    DatabasePool.giveBack(prod);
  }

  private static final class Agreeing implements Consent {
    @Override
    public boolean isGiven(Note question, String answer) {
      return true;
    }

    @Override
    public boolean isGivenBeforehand() {
      return true;
    }
  }

  private static final class Silent implements Observer {
    @Override
    public void begins(Step step) {}

    @Override
    public void done(Step step, Note note) {}

    @Override
    public void skipped(Step step, Note reason) {}

    @Override
    public void found(Finding finding) {
      if (finding.what().contains("can't remember")) {
        throw new AssertionError(finding.what());
      }
    }

    @Override
    public void planned(SyncReport report) {}

    @Override
    public void tells(Note note) {}

    @Override
    public void at(String work, long done, long total) {}
  }
}
