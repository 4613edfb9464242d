package io.travaso.backup;

import io.travaso.container.Container;
import io.travaso.database.ConnectionSettings;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine's own programs run: on this host, or in the container its server runs in. There
 * they are of the server's own version, and reach it at 127.0.0.1.
 */
public abstract sealed class ToolBox permits HostTools, ContainerTools {

  /**
   * The programs of this host.
   *
   * @param directory the folder they are in; null to look into PATH and the usual places
   */
  public static ToolBox here(@Nullable Path directory) {
    return new HostTools(directory);
  }

  /**
   * The programs of a database's container.
   *
   * @param port the server's, inside
   */
  public static ToolBox in(Container container, int port) {
    return new ContainerTools(container, port);
  }

  /**
   * A program that is there.
   *
   * @param path its whole name
   * @param version what it says of itself
   */
  record Found(String path, String version) {
    String folder() {
      return path.substring(0, path.lastIndexOf('/'));
    }
  }

  /** For messages: {@code on this host}. */
  abstract String place();

  /** Those of the programs that are there and say what they are, wherever they may be. */
  abstract List<Found> find(List<String> names, List<ProgramFolders.Place> places);

  /** Whether there is such a program. */
  abstract boolean has(String path);

  /** How libpq's programs connect. */
  abstract Login postgres(ConnectionSettings database) throws IOException;

  /** How MariaDB's programs connect. */
  abstract Login mariadb(ConnectionSettings database) throws IOException;

  /**
   * Starts a program whose input is empty. When it is closed early, or this process dies, the
   * program ends as well, wherever it runs.
   */
  abstract RunningCommand start(List<String> argv, Login login);

  /** Starts a program that is then given its input. */
  abstract RunningCommand startWithInput(List<String> argv, Login login);

  /**
   * Starts pg_restore on an archive.
   *
   * @param list what {@code --use-list} is to hold; null for all
   */
  abstract RunningCommand startReading(
      List<String> argv, Login login, Path archive, @Nullable String list);

  /** Variables by which the programs could be told to go elsewhere. */
  static final Set<String> MISLEADING =
      Set.of(
          "PGHOST",
          "PGHOSTADDR",
          "PGPORT",
          "PGDATABASE",
          "PGUSER",
          "PGPASSFILE",
          "PGOPTIONS",
          "PGSERVICE",
          "PGSERVICEFILE",
          "PGSYSCONFDIR",
          "PGSSLMODE",
          "PGSSLROOTCERT",
          "PGSSLCERT",
          "PGSSLKEY",
          "PGREQUIREAUTH",
          "PGCLIENTENCODING",
          "PGTZ",
          "PGDATESTYLE",
          "MYSQL_HOST",
          "MYSQL_TCP_PORT",
          "MYSQL_UNIX_PORT",
          "MYSQL_HOME",
          "MARIADB_HOME",
          "MYSQL_GROUP_SUFFIX",
          "MARIADB_GROUP_SUFFIX");
}
