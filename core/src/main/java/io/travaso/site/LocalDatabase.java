package io.travaso.site;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.Environment;
import io.travaso.config.SecretResolver;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.ServerFacts;
import io.travaso.table.Catalog;
import io.travaso.table.MigrationHistory;
import io.travaso.table.TableSet;
import io.travaso.table.TableSetResolver.Resolution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An environment's database as this process sees it; connected at first use. */
final class LocalDatabase implements AutoCloseable {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final Reach reach;
  private @Nullable ConnectionSettings settings;
  private @Nullable Database database;
  private @Nullable Catalog catalog;
  private @Nullable Resolution resolution;
  private @Nullable LocalMasks masks;
  private @Nullable LocalReading reading;

  LocalDatabase(SyncConfig config, Environment environment, Surroundings surroundings) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.reach = new Reach(environment);
  }

  /**
   * How to connect; the password's reference is followed, and a container's address looked up, at
   * first use.
   */
  ConnectionSettings settings() {
    if (settings == null) {
      settings = settings(environment.database(), reach);
    }
    return settings;
  }

  /** How to connect to a database of this environment. */
  ConnectionSettings settings(DatabaseSettings given, Reach way) {
    return new ConnectionSettings(
        given.engine(),
        way.host(),
        way.port(),
        given.database(),
        given.user(),
        given.parameters(),
        new SecretResolver(surroundings, config.root()).resolve(given.password()).orElse(null));
  }

  /** Where its rows are read: gently, and from a standby where there is one to read from. */
  LocalReading reading() {
    if (reading == null) {
      reading = new LocalReading(environment, this);
    }
    return reading;
  }

  /** The way to it, and to the engine's programs. */
  Reach reach() {
    return reach;
  }

  /** Where it is, for people. */
  String place() {
    return environment.database().place() + " as " + environment.database().user();
  }

  Database get() {
    if (database == null) {
      database = open();
    }
    return database;
  }

  /** Two databases may look alike but for the environment they are. */
  private Database open() {
    // Its failures name the environment themselves.
    reach.endpoint();
    try {
      return Database.open(settings());
    } catch (SyncException e) {
      boolean written = environment.database().container() != null && reach.endpoint().isEmpty();
      String hint =
          written
              ? e.hint() + " Or write `container` as the URL's host: its address is looked up then."
              : e.hint();
      throw new SyncException(e.kind(), environment.name() + ": " + e.what(), hint.strip(), e);
    }
  }

  ServerFacts serverFacts() {
    Database open = get();
    return open.with("Asking " + open.name() + " what it is", open.dialect()::serverFacts);
  }

  /** The catalog, read once. */
  Catalog catalog() {
    if (catalog == null) {
      Database open = get();
      catalog = open.with("Reading the catalog of " + open.name(), open.dialect()::readCatalog);
    }
    return catalog;
  }

  /** The set and what is wrong with it. */
  Resolution resolution() {
    if (resolution == null) {
      resolution = ConfiguredSet.resolve(config, catalog());
    }
    return resolution;
  }

  /**
   * The set, without problems.
   *
   * @param tables the names of the tables to take; empty for all
   */
  TableSet set(List<String> tables) {
    Finding.throwProblems(
        "The table set does not fit the database of " + environment.name(),
        resolution().findings());
    return resolution().set().select(tables);
  }

  /** What is masked of it. */
  LocalMasks masks() {
    if (masks == null) {
      masks = new LocalMasks(config, environment, surroundings, this::catalog);
    }
    return masks;
  }

  /** The migrations that were applied, as far as they concern these tables. */
  List<MigrationHistory> migrations(TableSet set) {
    Database open = get();
    return open.with(
        "Reading the migrations of " + open.name(),
        session -> open.dialect().readMigrations(session, catalog(), set));
  }

  @Override
  public void close() {
    try {
      if (reading != null) {
        reading.close();
      }
      if (database != null) {
        database.close();
      }
    } finally {
      reach.close();
    }
  }
}
