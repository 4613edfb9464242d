package io.travaso.cloning;

import io.travaso.Progress;
import io.travaso.Secret;
import io.travaso.backup.ToolBox;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.testing.Engine;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The sample application twice: dev, which becomes a clone, and prod, of which it becomes one. */
final class CloneOffices implements AutoCloseable {
  private static final int ROWS = 200;
  private static final Map<Engine, Templates> TEMPLATES = new EnumMap<>(Engine.class);

  private final Path folder;
  private final String account;
  private final String password;
  final TestDatabase dev;
  final TestDatabase prod;

  /**
   * Makes them.
   *
   * @param account who may make databases
   */
  CloneOffices(Engine engine, Path folder, String account, String password) {
    this.folder = folder;
    this.account = account;
    this.password = password;
    Templates templates = TEMPLATES.computeIfAbsent(engine, Templates::of);
    this.dev = engine.shared().newDatabase(templates.dev());
    this.prod = engine.shared().newDatabase(templates.prod());
  }

  private record Templates(TestDatabase dev, TestDatabase prod) {
    static Templates of(Engine engine) {
      TestDatabase dev = engine.shared().newDatabase();
      TestDatabase prod = engine.shared().newDatabase();
      SampleOffice.createDev(dev, ROWS / 2);
      SampleOffice.createProd(prod, ROWS);
      return new Templates(dev, prod);
    }
  }

  /**
   * The configuration.
   *
   * @param more further lines
   */
  SyncConfig config(String more) {
    return SyncConfig.parse(
        """
        environments:
          dev:
            database: {url: "%s"}
          prod:
            protected: true
            database: {url: "%s"}
        tables: [anagrafiche.Anagrafica, anagrafiche.Cliente,
          {model: titolario.TitolarioVoce, table: vocititolario}]
        %s
        """
            .formatted(dev.url(), prod.url(), more),
        folder.resolve("sync.yaml"),
        new Surroundings(Map.of(), folder, folder));
  }

  CloneSource look(SyncConfig config) {
    return with(config, "prod", side -> new CloneExport(side).look(Progress.SILENT));
  }

  ClonePackage export(SyncConfig config) {
    return with(
        config,
        "prod",
        side -> new CloneExport(side).run(folder.resolve("prod.clone"), Progress.SILENT));
  }

  ClonePlan plan(SyncConfig config, CloneSource source) {
    return with(config, "dev", side -> new CloneImport(side).plan(source, Progress.SILENT));
  }

  CloneResult replace(SyncConfig config, ClonePackage pack) {
    return with(config, "dev", side -> new CloneImport(side).run(pack, Progress.SILENT));
  }

  /** From one end to the other. */
  CloneResult clone(SyncConfig config) {
    return replace(config, export(config));
  }

  <T> T with(SyncConfig config, String name, Function<CloneSide, T> use) {
    Environment environment = config.environment(name);
    TestDatabase database = name.equals("dev") ? dev : prod;
    ConnectionSettings usual = settings(database, database.user(), database.password());
    try (Database open = Database.open(usual)) {
      return use.apply(
          new CloneSide(
              config,
              environment,
              open,
              open.with("Reading the catalog", open.dialect()::readCatalog),
              usual,
              settings(database, account, password),
              ToolBox.here(database.server().dumpDirectory().orElse(null)),
              () -> Optional.of(new Secret("a key that is long enough for masks")),
              "test",
              Clock.systemUTC()));
    }
  }

  private static ConnectionSettings settings(TestDatabase database, String user, String password) {
    return new ConnectionSettings(
        database.engine().scheme(),
        database.server().host(),
        database.server().port(),
        database.name(),
        user,
        Map.of(),
        new Secret(password));
  }

  @Override
  public void close() {
    dev.close();
    prod.close();
  }
}
