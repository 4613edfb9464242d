package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server in a temporary folder, listening on a free port of 127.0.0.1 and on a socket in the
 * folder.
 *
 * <p>A small shell waits beside it for the end of its own input: it stops the server and removes
 * the folder when it is closed, and just as well when this JVM is killed.
 */
final class MariaDbInstance implements RunningServer {
  /** How the server is, wherever it runs. */
  static final List<String> SETTINGS =
      List.of(
          "--default-time-zone=+02:00",
          "--character-set-server=utf8mb4",
          "--max-connections=200",
          "--skip-performance-schema",
          "--skip-name-resolve",
          "--skip-log-bin",
          // A commit outlives the server, not the machine.
          "--innodb-flush-log-at-trx-commit=2",
          "--skip-innodb-doublewrite",
          "--debug-no-sync",
          "--innodb-buffer-pool-size=64M",
          "--innodb-log-file-size=64M");

  private static final String WATCH =
      "trap '' INT TERM HUP; read -r _; kill -9 \"$(cat \"$1/server.pid\")\" 2>/dev/null;"
          + " rm -rf \"$1\"";
  private static final String KILL =
      "pid=$(cat \"$1/server.pid\") && kill -9 $pid && while kill -0 $pid 2>/dev/null; do sleep"
          + " 0.02; done; rm \"$1/server.pid\"";
  private static final long START_SECONDS = 60;

  private final Path folder;
  private final MariaDbBinaries binaries;
  private final ServerAccount account;
  private String adminPassword = RunningServer.randomPassword();
  private final int port;
  private final List<String> settings;
  private final Process watch;

  private MariaDbInstance(
      Path folder,
      MariaDbBinaries binaries,
      ServerAccount account,
      int port,
      List<String> settings) {
    this.folder = folder;
    this.binaries = binaries;
    this.account = account;
    this.port = port;
    this.settings = settings;
    this.watch = startWatch();
  }

  static MariaDbInstance start(MariaDbBinaries packed) {
    return start(packed, List.of());
  }

  /** A server with settings of its own besides. */
  static MariaDbInstance start(MariaDbBinaries packed, List<String> settings) {
    return start(packed, settings, null);
  }

  /** A server without tables, which it is to get from another, with that one's users. */
  static MariaDbInstance join(
      MariaDbBinaries packed, List<String> settings, MariaDbInstance other) {
    return start(packed, settings, other);
  }

  private static MariaDbInstance start(
      MariaDbBinaries packed, List<String> settings, @Nullable MariaDbInstance joined) {
    try {
      ServerAccount account = ServerAccount.find("mysql");
      Path folder = Files.createTempDirectory("travaso-mariadb-").toRealPath();
      MariaDbBinaries binaries = packed.unpackedTo(folder.resolve("programs"));
      Files.createDirectory(folder.resolve("data"));
      account.own(folder);
      MariaDbInstance instance =
          new MariaDbInstance(folder, binaries, account, freePort(), settings);
      try {
        if (joined == null) {
          instance.initialize();
        } else {
          instance.adminPassword = joined.adminPassword;
          Files.createFile(folder.resolve("admin.sql"));
          account.own(folder);
        }
        instance.startServer();
        return instance;
      } catch (RuntimeException | IOException e) {
        instance.stop();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare a folder for MariaDB", e);
    }
  }

  /** Makes the server's own tables, and the one user it has so far. */
  private void initialize() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("tables.sql"),
            "CREATE DATABASE mysql;\nUSE mysql;\n" + Files.readString(binaries.systemTables()));
    // Not in an argument, where every user of the machine can read it.
    Path admin =
        Files.createFile(
            folder.resolve("admin.sql"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        admin,
        "CREATE USER IF NOT EXISTS travaso_admin IDENTIFIED BY '%s';\n".formatted(adminPassword)
            + "GRANT ALL ON *.* TO travaso_admin WITH GRANT OPTION;\n");
    account.own(folder);
    List<String> command = command("--bootstrap");
    List<String> shell = new ArrayList<>(account.prefix());
    shell.addAll(List.of("sh", "-c", "exec \"$@\" < \"$0\"", script.toString()));
    shell.addAll(command.subList(account.prefix().size(), command.size()));
    Programs.run(shell);
  }

  private List<String> command(String... more) {
    List<String> command = new ArrayList<>(account.prefix());
    command.add(binaries.directory().resolve("mariadbd").toString());
    command.add("--no-defaults");
    command.add("--datadir=" + folder.resolve("data"));
    command.add("--lc-messages-dir=" + binaries.share());
    command.add("--character-sets-dir=" + binaries.share().resolve("charsets"));
    command.add("--tmpdir=" + folder);
    command.addAll(SETTINGS);
    if (!List.of(more).contains("--bootstrap")) {
      command.addAll(settings);
    }
    command.addAll(List.of(more));
    return command;
  }

  private void startServer() throws IOException {
    Process server =
        new ProcessBuilder(
                command(
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--socket=" + folder.resolve("socket"),
                    "--pid-file=" + folder.resolve("server.pid"),
                    // 11.4 would make a certificate first, for seconds.
                    "--skip-ssl",
                    "--init-file=" + folder.resolve("admin.sql")))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        server.destroyForcibly();
        throw new IllegalStateException(
            "MariaDB did not start:\n" + Files.readString(folder.resolve("server.log")));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private boolean answers() {
    try {
      DriverManager.getConnection(
              "jdbc:mariadb://127.0.0.1:" + port + "/information_schema",
              adminUser(),
              adminPassword)
          .close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private Process startWatch() {
    List<String> command = new ArrayList<>(account.prefix());
    command.addAll(List.of("sh", "-c", WATCH, "sh", folder.toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "stop MariaDB"));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run sh", e);
    }
  }

  private static void end(Process watch) {
    try {
      watch.getOutputStream().close();
      if (!watch.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("MariaDB did not stop within 20 s");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop MariaDB", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String adminUser() {
    return "travaso_admin";
  }

  @Override
  public String adminPassword() {
    return adminPassword;
  }

  @Override
  public String adminDatabase() {
    return "information_schema";
  }

  @Override
  public Optional<Path> binDirectory() {
    return Optional.of(binaries.directory());
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void restart() {
    List<String> command = new ArrayList<>(account.prefix());
    command.addAll(List.of("sh", "-c", KILL, "sh", folder.toString()));
    Programs.run(command);
    try {
      startServer();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start MariaDB", e);
    }
  }

  @Override
  public void stop() {
    end(watch);
  }
}
