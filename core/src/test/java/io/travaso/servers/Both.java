package io.travaso.servers;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.merge.MergePolicy;
import io.travaso.pipeline.Consent;
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
import io.travaso.site.Exported;
import io.travaso.site.LocalSite;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
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

/** Whole runs between dev and prod, each on whatever server it is. */
final class Both implements AutoCloseable {
  private static final String VERSION = "1.2.3";

  final TestDatabase dev;
  final TestDatabase prod;
  private final Path folder;
  private final String tables;
  private final Surroundings surroundings;
  private String prodUrl;
  private String prodLines = "protected: true";
  private boolean fullReplace;

  /**
   * Prepares runs.
   *
   * @param tables the names of the set's tables, with commas between
   */
  Both(Path folder, TestDatabase dev, TestDatabase prod, String tables) {
    this.folder = folder;
    this.dev = dev;
    this.prod = prod;
    this.tables = tables;
    this.surroundings = new Surroundings(Map.of(), folder, folder);
    this.prodUrl = prod.url();
    try {
      Files.writeString(folder.resolve("dev-password"), dev.password());
      Files.writeString(folder.resolve("prod-password"), prod.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both on the server that all tests share, to be given back there. */
  static Both on(Engine engine, Path folder, String tables) {
    return new Both(
        folder, DatabasePool.take(engine.shared()), DatabasePool.take(engine.shared()), tables);
  }

  @Override
  public void close() {
    DatabasePool.giveBack(dev);
    DatabasePool.giveBack(prod);
  }

  /** Has prod's rows read from there. */
  Both readingFrom(String url, String... more) {
    String standby = "read-from: {url: \"%s\", password: {file: prod-password}}".formatted(url);
    prodLines = String.join("\n    ", "protected: true", standby, String.join("\n    ", more));
    return this;
  }

  /** Further lines about prod. */
  Both prodWith(String... lines) {
    prodLines = String.join("\n    ", lines);
    return this;
  }

  /** Names another address under prod's {@code database}. */
  Both prodAt(String url) {
    prodUrl = url;
    return this;
  }

  Both replacing() {
    fullReplace = true;
    return this;
  }

  SyncConfig config() {
    return SyncConfig.parse(
        """
        environments:
          dev:
            database: {url: "%s", password: {file: dev-password}, tools: "%s"}
            backups: {directory: backups-dev, keep: 3}
          prod:
            %s
            database: {url: "%s", password: {file: prod-password}, tools: "%s"}
            backups: {directory: backups-prod, keep: 3}
        exports: {directory: exports, keep: 2}
        tables: [%s]
        """
            .formatted(
                dev.url(),
                dev.server().dumpDirectory().orElseThrow(),
                prodLines,
                prodUrl,
                prod.server().dumpDirectory().orElseThrow(),
                tables),
        folder.resolve("sync.yaml"),
        surroundings);
  }

  Site site(String name) {
    SyncConfig config = config();
    return new LocalSite(
        config, config.environment(name), surroundings, VERSION, Clock.systemUTC());
  }

  /** Exports prod's tables. */
  Exported exportProd(Progress progress) {
    try (Site site = site("prod")) {
      return site.export(new Requests.Export(List.of(), null, ".json", 0), progress);
    }
  }

  /** What prod is told, looked at in that role. */
  List<Finding> findings(Role role) {
    try (Site site = site("prod")) {
      return site.check(
              new Requests.Check(role, List.of(), MergePolicy.UPSERT, false), Progress.SILENT)
          .findings();
    }
  }

  SyncReport push() {
    return sync("dev", "prod");
  }

  SyncReport pull() {
    return sync("prod", "dev");
  }

  private SyncReport sync(String from, String to) {
    SyncOptions options =
        new SyncOptions(
            from + "-to-" + to,
            false,
            fullReplace,
            fullReplace,
            List.of(),
            null,
            false,
            false,
            false,
            MergeOptions.NONE);
    try (Site source = site(from);
        Site target = site(to)) {
      return new Synchronization(
              options, guard(), source, target, new Silent(), new Agreeing(), identity())
          .run();
    }
  }

  void rollBack(String name) {
    try (Site target = site(name)) {
      new Rollback(
              target, config().environment(name), guard(), new Silent(), new Agreeing(), identity())
          .run(null, false);
    }
  }

  private Guard guard() {
    return new Guard(config(), VERSION, Clock.systemUTC());
  }

  private static RunIdentity identity() {
    return RunIdentity.create(Clock.systemUTC(), "anna@laptop");
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
    public void found(Finding finding) {}

    @Override
    public void planned(SyncReport report) {}

    @Override
    public void tells(Note note) {}

    @Override
    public void at(String work, long done, long total) {}
  }
}
