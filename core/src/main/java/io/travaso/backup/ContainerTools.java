package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.container.Container;
import io.travaso.database.ConnectionSettings;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.LocalHost;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a container. Nothing is written there: passwords come in the environment, which
 * Docker takes from a file of this host, and archives by standard input.
 */
final class ContainerTools extends ToolBox {
  private static final String HOST = "127.0.0.1";

  /** What every program begins with: where it is to go, its arguments say. */
  private static final String CLEAN =
      "unset " + String.join(" ", new TreeSet<>(MISLEADING)) + "; export LC_ALL=C; ";

  /**
   * A program that lives as long as somebody holds its standard input: when the client of {@code
   * docker exec} is killed, Docker itself goes on. The watch is waited for: where PostgreSQL is the
   * container's first process, a killed child that nobody waited for becomes its own, and it ends
   * all sessions (seen with 15).
   */
  private static final String HELD =
      CLEAN
          + """
          exec 3<&0
          "$@" </dev/null 3<&- & program=$!
          (while read -r line <&3; do :; done; kill $program) >/dev/null 2>&1 & watch=$!
          exec 3<&-
          wait $program; status=$?
          kill $watch 2>/dev/null
          wait $watch
          exit $status\
          """;

  private static final String PLAIN = CLEAN + "exec \"$@\"";

  /** The list comes as the first argument, and is read as a file. */
  private static final String WITH_LIST =
      CLEAN
          + """
          list=$1; shift
          exec "$@" 3<<END_OF_LIST
          $list
          END_OF_LIST
          """;

  private static final String FIND =
      CLEAN
          + """
          names=$1; shift
          IFS=:; set -f; set -- $PATH "$@"; set +f; IFS=' '
          for pattern in "$@"; do for folder in $pattern; do for name in $names; do
            test -x "$folder/$name" || continue
            version=$("$folder/$name" --version </dev/null 2>/dev/null) && printf '%s\\t%s\\n' "$folder/$name" "$version"
          done; done; done\
          """;

  private final LocalHost host = new LocalHost();
  private final Container container;
  private final int port;

  ContainerTools(Container container, int port) {
    this.container = container;
    this.port = port;
  }

  @Override
  String place() {
    return "in the container " + container.name();
  }

  @Override
  List<Found> find(List<String> names, List<ProgramFolders.Place> places) {
    List<String> argv = new ArrayList<>(List.of("sh", "-c", FIND, "sh", String.join(" ", names)));
    for (ProgramFolders.Place place : places) {
      // Braces are no pattern of every shell, and what has them is no place of a container.
      if (!place.pattern().contains("{")) {
        argv.add(place.folder() + "/" + place.pattern() + "/" + place.bin());
      }
    }
    CommandResult result =
        host.run(container.requireRunning().exec(argv).within(Duration.ofSeconds(60)))
            .orThrow("look for " + names.get(0) + " " + place());
    List<Found> found = new ArrayList<>();
    for (String line : result.output().lines().toList()) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        found.add(new Found(line.substring(0, tab), line.substring(tab + 1)));
      }
    }
    return found;
  }

  @Override
  boolean has(String path) {
    return host.run(container.exec(List.of("test", "-x", path))).succeeded();
  }

  @Override
  Login postgres(ConnectionSettings database) throws IOException {
    String mode = database.parameters().getOrDefault("sslmode", "");
    Map<String, String> inside =
        Map.of(
            "host",
            HOST,
            "port",
            String.valueOf(port),
            // Certificates are files of this host, and the way does not leave the container.
            "sslmode",
            mode.startsWith("verify") ? "require" : mode,
            "sslrootcert",
            "",
            "sslcert",
            "",
            "sslkey",
            "");
    return login(
        List.of("--no-password", "--dbname=" + ConnectionString.of(database, inside)),
        "PGPASSWORD",
        database.password());
  }

  @Override
  Login mariadb(ConnectionSettings database) throws IOException {
    boolean encrypted = !database.parameters().getOrDefault("sslmode", "disable").equals("disable");
    List<String> arguments = new ArrayList<>();
    arguments.add("--no-defaults");
    arguments.add("--protocol=tcp");
    arguments.add("--host=" + HOST);
    arguments.add("--port=" + port);
    arguments.add("--user=" + database.user());
    arguments.add(encrypted ? "--ssl" : "--skip-ssl");
    if (encrypted) {
      arguments.add("--skip-ssl-verify-server-cert");
    }
    return login(arguments, "MYSQL_PWD", database.password());
  }

  private static Login login(List<String> arguments, String variable, @Nullable Secret password)
      throws IOException {
    if (password == null) {
      return new Login(arguments, Map.of(), null, null);
    }
    PrivateFile file = EnvFile.of(variable, password);
    return new Login(arguments, Map.of(), file.path(), file::close);
  }

  @Override
  RunningCommand start(List<String> argv, Login login) {
    return host.start(command(HELD, argv, login));
  }

  @Override
  RunningCommand startWithInput(List<String> argv, Login login) {
    return host.start(command(PLAIN, argv, login));
  }

  @Override
  RunningCommand startReading(List<String> argv, Login login, Path archive, @Nullable String list) {
    if (list == null) {
      return Fed.by(archive, host.start(command(PLAIN, argv, login)));
    }
    List<String> all = new ArrayList<>();
    all.add(list.strip());
    all.addAll(argv);
    all.add("--use-list=/dev/fd/3");
    return Fed.by(archive, host.start(command(WITH_LIST, all, login)));
  }

  private Command command(String script, List<String> argv, Login login) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    all.addAll(argv);
    return container.exec(null, login.envFile(), all);
  }
}
