package io.travaso.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how a database is reached, of an environment or of a service. */
final class DatabaseReader {
  private static final DatabaseSettings NONE =
      new DatabaseSettings("", "", 0, "", "", Map.of(), new SecretReference.None(), null);

  private final HostPaths paths;

  /**
   * @param paths of the host the database is on
   */
  DatabaseReader(HostPaths paths) {
    this.paths = paths;
  }

  /** The {@code database} of an environment, which may be in a {@code container}. */
  DatabaseSettings ofEnvironment(Section environment) {
    String example = "\"postgresql://user@localhost:5432/database\"";
    if (!environment.has("database")) {
      environment.missing("database", "{url: " + example + "}");
    }
    Optional<Section> section = environment.section("database");
    if (section.isEmpty()) {
      return NONE;
    }
    return ofItsOwn(section.get(), url(section.get(), example));
  }

  /** The {@code read-from} of an environment: a standby of its database. */
  @Nullable DatabaseSettings readFrom(Section environment, DatabaseSettings primary) {
    Optional<Section> section = environment.section("read-from");
    if (section.isEmpty()) {
      return null;
    }
    DatabaseUrl url = url(section.get(), "\"postgresql://user@standby:5432/database\"");
    for (String key : List.of("tools", "maintenance")) {
      if (section.get().has(key)) {
        section.get().problem(key, "is of no use to reading", "keep it under database alone");
      }
    }
    DatabaseSettings standby = ofItsOwn(section.get(), url);
    boolean bothRead = !standby.engine().isEmpty() && !primary.engine().isEmpty();
    if (bothRead && !standby.engine().equals(primary.engine())) {
      section.get().problem("url", "names another engine than database", "a standby has the same");
    } else if (bothRead && !standby.database().equals(primary.database())) {
      section
          .get()
          .problem("url", "names another database than database", "a standby's has the same name");
    }
    return standby;
  }

  /** In the {@code container} it names, or in none. */
  private DatabaseSettings ofItsOwn(Section database, DatabaseUrl url) {
    ContainerSettings container =
        database.section("container").map(it -> ContainerReader.read(it, paths, url)).orElse(null);
    return read(database, url, container);
  }

  /**
   * A database of a service, in the container of its {@code service}; without that it is as an
   * environment's.
   *
   * @param compose the project's compose file, absolute
   */
  DatabaseSettings ofService(Section database, String compose, @Nullable String profile) {
    DatabaseUrl url = url(database, "\"postgresql://user@db/database\"");
    if (!database.has("service")) {
      return ofItsOwn(database, url);
    }
    if (database.has("container")) {
      database.problem("container", "stands beside service, which says the same", "keep one");
    }
    String service = ContainerReader.name(database, "service");
    int port = ContainerReader.port(database, url, service);
    return read(database, url, new ContainerSettings(compose, service, profile, null, port));
  }

  private DatabaseSettings read(
      Section database, DatabaseUrl url, @Nullable ContainerSettings container) {
    SecretReference password = password(database, url);
    Account maintenance = database.section("maintenance").map(it -> account(it, url)).orElse(null);
    String tools =
        database.text("tools").map(it -> paths.absolute(database, "tools", it)).orElse(null);
    database.refuseUnknownKeys();
    return new DatabaseSettings(
        url.engine(),
        url.host(),
        url.port(),
        url.database(),
        url.user(),
        url.parameters(path -> paths.absolute(database, "url", path)),
        password,
        tools,
        container,
        maintenance);
  }

  private static DatabaseUrl url(Section database, String example) {
    String text = database.requiredText("url", example);
    return text.isEmpty()
        ? DatabaseUrl.NONE
        : DatabaseUrl.parse(text, (what, hint) -> database.problem("url", what, hint));
  }

  private static Account account(Section section, DatabaseUrl url) {
    Account account = new Account(section.requiredText("user", "root"), password(section, url));
    section.refuseUnknownKeys();
    return account;
  }

  private static SecretReference password(Section section, DatabaseUrl url) {
    SecretReference password = SecretReader.read(section, "password");
    if (url.engine().equals("mariadb") && SecretReader.isPgpass(section, "password")) {
      section.problem(
          "password",
          "~/.pgpass is PostgreSQL's password file",
          "refer to it otherwise: {env: NAME}");
    }
    return password;
  }
}
