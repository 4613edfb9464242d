package io.travaso.host;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** This machine. Programs are started directly, without a shell. */
public final class LocalHost implements Host {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  @Override
  public String name() {
    return "this machine";
  }

  @Override
  public CommandResult run(Command command) {
    Process process;
    try {
      process = spawn(command);
    } catch (IOException e) {
      return notStarted(command, e);
    }
    try (LocalCommand running = new LocalCommand(name(), command, process)) {
      return running.collect();
    }
  }

  @Override
  public RunningCommand start(Command command) {
    try {
      return new LocalCommand(name(), command, spawn(command)).watched();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST,
          "could not start " + notStarted(command, e).errors() + " on " + name(),
          "",
          e);
    }
  }

  @Override
  public String absolute(String path) {
    return local(path).toString();
  }

  @Override
  public void send(Path source, String path) {
    Path target = local(path);
    doing("copy " + source + " to " + target, () -> PartFile.copy(source, target));
  }

  @Override
  public void fetch(String path, Path target) {
    Path source = local(path);
    doing("copy " + source + " to " + target, () -> PartFile.copy(source, target));
  }

  @Override
  public void write(String path, byte[] content, int mode) {
    Path target = local(path);
    doing("write " + target, () -> PartFile.write(target, mode, out -> out.write(content)));
  }

  @Override
  public void makeDirectories(String path) {
    Path directory = local(path);
    doing("make the directory " + directory, () -> PartFile.makeDirectories(directory));
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(local(path));
  }

  @Override
  public void delete(String path) {
    Path file = local(path);
    doing("delete " + file, () -> deleteFile(file));
  }

  @Override
  public List<String> list(String path) {
    Path directory = local(path);
    List<String> names = new ArrayList<>();
    doing(
        "look into " + directory,
        () -> {
          try (Stream<Path> all = Files.list(directory)) {
            all.map(it -> String.valueOf(it.getFileName())).sorted().forEach(names::add);
          }
        });
    return names;
  }

  @Override
  public void deleteDirectory(String path) {
    Path directory = local(path);
    doing(
        "delete " + directory,
        () -> {
          if (!Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(directory.toString(), null, "is no directory");
          }
          Files.delete(directory);
        });
  }

  @Override
  public void rename(String from, String to) {
    Path source = local(from);
    Path target = local(to);
    doing("rename " + source + " to " + target, () -> PartFile.rename(source, target));
  }

  @Override
  public Optional<Long> freeBytes(String path) {
    Path place = local(path);
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    Path nearest = place;
    long[] free = new long[1];
    doing(
        "ask for the free space at " + nearest,
        () -> free[0] = Files.getFileStore(nearest).getUsableSpace());
    return Optional.of(free[0]);
  }

  /** Nothing is held open. */
  @Override
  public void close() {}

  private static Process spawn(Command command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.argv());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(command.unset());
    environment.putAll(command.environment());
    return builder.start();
  }

  /** What a shell would return. ProcessBuilder tells the reasons apart in its text alone. */
  private static CommandResult notStarted(Command command, IOException e) {
    String program = command.program();
    String text = String.valueOf(e.getMessage());
    // A folder of the PATH that may not be read makes a missing program look like a forbidden one.
    boolean forbidden = text.contains("error=13,");
    if (text.contains("error=2,") || (forbidden && !program.contains("/") && !isOnPath(program))) {
      return new CommandResult(NOT_FOUND, "", program + ": not found");
    }
    if (forbidden) {
      return new CommandResult(NOT_EXECUTABLE, "", program + ": permission denied");
    }
    throw new SyncException(
        SyncException.Kind.HOST,
        "could not start " + program + " on this machine: " + text.replaceFirst("^.*error=", ""),
        "",
        e);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.exists(Path.of(folder, program)));
  }

  private static Path local(String path) {
    ShellQuoting.refuseNul(path);
    try {
      String home = System.getProperty("user.home", "/");
      Path local = path.startsWith("~/") ? Path.of(home, path.substring(2)) : Path.of(path);
      if (local.isAbsolute()) {
        return local;
      }
    } catch (InvalidPathException e) {
      throw new SyncException(
          SyncException.Kind.HOST, "not a path of this machine: " + path, "", e);
    }
    throw RemotePaths.notAbsolute(path);
  }

  private static void deleteFile(Path file) throws IOException {
    if (Files.isDirectory(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    Files.deleteIfExists(file);
  }

  private interface FileWork {
    void run() throws IOException;
  }

  private static void doing(String what, FileWork work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.HOST, "could not " + what + ": " + PartFile.reason(e), "", e);
    }
  }
}
