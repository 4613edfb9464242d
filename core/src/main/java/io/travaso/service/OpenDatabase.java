package io.travaso.service;

import io.travaso.Progress;
import io.travaso.backup.DumpTool;
import io.travaso.backup.DumpTools;
import io.travaso.backup.ToolBox;
import io.travaso.config.Account;
import io.travaso.config.ContainerSettings;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.SecretReference;
import io.travaso.container.Container;
import io.travaso.container.Endpoint;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.ServerFacts;
import io.travaso.restore.WholeDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A database as this host reaches it, by an address of its own or into a container. */
final class OpenDatabase implements AutoCloseable {
  /** How long a dump waits for a table that somebody has locked. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(60);

  private final String name;
  private final DatabaseSettings given;
  private final Premises premises;
  private final @Nullable Endpoint endpoint;
  private final ToolBox tools;
  private final ConnectionSettings usual;
  private @Nullable ServerFacts facts;

  private OpenDatabase(
      String name,
      DatabaseSettings given,
      Premises premises,
      @Nullable Endpoint endpoint,
      ToolBox tools) {
    this.name = name;
    this.given = given;
    this.premises = premises;
    this.endpoint = endpoint;
    this.tools = tools;
    this.usual = as(given.user(), given.password());
  }

  /**
   * Finds out how it is reached.
   *
   * @param name as the configuration calls it
   */
  static OpenDatabase open(String name, DatabaseSettings given, Premises premises) {
    ContainerSettings place = given.container();
    if (place == null) {
      String folder = given.tools();
      ToolBox here = ToolBox.here(folder == null ? null : Path.of(folder));
      return new OpenDatabase(name, given, premises, null, here);
    }
    Container container = premises.engine().container(place).requireRunning();
    Endpoint endpoint = given.namesContainer() ? container.endpoint(place.port()) : null;
    try {
      return new OpenDatabase(name, given, premises, endpoint, ToolBox.in(container, place.port()));
    } catch (RuntimeException e) {
      if (endpoint != null) {
        endpoint.close();
      }
      throw e;
    }
  }

  private ConnectionSettings as(String user, SecretReference password) {
    return new ConnectionSettings(
        given.engine(),
        endpoint == null ? given.host() : endpoint.host(),
        endpoint == null ? given.port() : endpoint.port(),
        given.database(),
        user,
        given.parameters(),
        premises.secrets().resolve(password).orElse(null));
  }

  String name() {
    return name;
  }

  String engine() {
    return given.engine();
  }

  /** Where it is, for people. */
  String place() {
    return given.place();
  }

  /** As its server calls it. */
  String database() {
    return given.database();
  }

  /** What its server says of it; asked once. */
  ServerFacts facts() {
    if (facts == null) {
      try (Database open = Database.open(usual)) {
        facts = open.with("Asking " + given.place() + " what it is", open.dialect()::serverFacts);
      }
    }
    return facts;
  }

  DumpTool dumpTool() {
    return DumpTools.find(usual, tools, facts().major(), LOCK_WAIT);
  }

  /** The database as a whole, for one beside it. */
  WholeDatabase whole(Progress progress) {
    Account account = given.maintenance();
    return WholeDatabase.of(
        usual, account == null ? usual : as(account.user(), account.password()), tools, progress);
  }

  @Override
  public void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
