package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.LocalHost;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The programs of this host. */
final class HostTools extends ToolBox {
  private final LocalHost host = new LocalHost();
  private final @Nullable Path directory;

  HostTools(@Nullable Path directory) {
    this.directory = directory;
  }

  @Override
  String place() {
    return directory == null ? "on this host" : "in " + directory;
  }

  @Override
  List<Found> find(List<String> names, List<ProgramFolders.Place> places) {
    Set<Path> folders =
        directory == null ? ProgramFolders.usual(places, names.get(0)) : Set.of(directory);
    List<Found> found = new ArrayList<>();
    for (Path folder : folders) {
      for (String name : names) {
        Path program = folder.resolve(name);
        if (Files.isExecutable(program)) {
          CommandResult result =
              host.run(Command.of(program.toString(), "--version").within(Duration.ofSeconds(30)));
          if (result.succeeded()) {
            found.add(new Found(program.toString(), result.output()));
          }
        }
      }
    }
    return found;
  }

  @Override
  boolean has(String path) {
    return Files.isExecutable(Path.of(path));
  }

  @Override
  Login postgres(ConnectionSettings database) throws IOException {
    List<String> arguments =
        List.of("--no-password", "--dbname=" + ConnectionString.of(database, Map.of()));
    Secret password = database.password();
    if (password == null) {
      // The user's own password file, wherever he keeps it.
      String file = System.getenv("PGPASSFILE");
      return new Login(arguments, file == null ? Map.of() : Map.of("PGPASSFILE", file), null, null);
    }
    PassFile file = PassFile.of(password);
    return new Login(arguments, Map.of("PGPASSFILE", file.path().toString()), null, file::close);
  }

  @Override
  Login mariadb(ConnectionSettings database) throws IOException {
    OptionFile file = OptionFile.of(database);
    return new Login(List.of(file.argument()), Map.of(), null, file::close);
  }

  @Override
  RunningCommand start(List<String> argv, Login login) {
    RunningCommand running = startWithInput(argv, login);
    try {
      running.input().close();
    } catch (IOException e) {
      // It has ended already; its exit status tells the rest.
      return running;
    }
    return running;
  }

  @Override
  RunningCommand startWithInput(List<String> argv, Login login) {
    Command command = Command.of(argv).without(misleading()).with("LC_ALL", "C");
    for (Map.Entry<String, String> variable : login.variables().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    return host.start(command);
  }

  @Override
  RunningCommand startReading(List<String> argv, Login login, Path archive, @Nullable String list) {
    List<String> all = new ArrayList<>(argv);
    if (list == null) {
      all.add(archive.toString());
      return start(all, login);
    }
    try {
      Path file = Files.createTempFile("travaso-tables-", ".list");
      Files.writeString(file, list, StandardCharsets.US_ASCII);
      all.add("--use-list=" + file);
      all.add(archive.toString());
      return new WithFile(start(all, login), file);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "could not write a list of what to read from the backup " + archive,
          "",
          e);
    }
  }

  private static Set<String> misleading() {
    return System.getenv().keySet().stream()
        .filter(name -> name.matches("PG[A-Z_]+|(MYSQL|MARIADB|LIBMYSQL)_?[A-Z_]+"))
        .collect(Collectors.toSet());
  }
}
