package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server in a temporary folder, listening on a free port of 127.0.0.1.
 *
 * <p>A small shell waits beside it for the end of its own input: it stops the server and removes
 * the folder when it is closed, and just as well when this JVM is killed.
 */
final class PostgresCluster implements RunningServer {
  private static final String WATCH =
      "trap '' INT TERM HUP; read -r _;"
          + " \"$1/pg_ctl\" -D \"$2/data\" -m immediate -w stop >/dev/null 2>&1; rm -rf \"$2\"";

  private final Path folder;
  private final Path bin;
  private final ServerAccount account;
  private final String adminPassword;
  private final int port;
  private final Process watch;

  private PostgresCluster(
      Path folder, Path bin, ServerAccount account, String adminPassword, int port) {
    this.folder = folder;
    this.bin = bin;
    this.account = account;
    this.adminPassword = adminPassword;
    this.port = port;
    this.watch = startWatch();
  }

  static PostgresCluster start(PostgresBinaries binaries) {
    try {
      ServerAccount account = ServerAccount.find("postgres");
      Path folder = Files.createTempDirectory("travaso-pg-").toRealPath();
      Path bin = binaries.directory();
      if (binaries.archive().isPresent()) {
        PostgresArchive.unpack(binaries.archive().get(), folder.resolve("programs"));
        bin = folder.resolve("programs").resolve(bin);
      }
      String password = RunningServer.randomPassword();
      Path passwordFile = Files.writeString(folder.resolve("password"), password);
      Files.createDirectory(folder.resolve("data"));
      account.own(folder);
      PostgresCluster cluster = new PostgresCluster(folder, bin, account, password, freePort());
      try {
        cluster.initialize(passwordFile);
        cluster.startServer();
        return cluster;
      } catch (RuntimeException e) {
        cluster.stop();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare a folder for PostgreSQL", e);
    }
  }

  /** A hot standby of this one, which follows it. */
  PostgresCluster follow() {
    try {
      Path folder = Files.createTempDirectory("travaso-pg-standby-").toRealPath();
      Files.writeString(
          Files.createFile(
              folder.resolve("pgpass"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
          "*:*:*:*:" + adminPassword + "\n");
      account.own(folder);
      PostgresCluster standby =
          new PostgresCluster(folder, bin, account, adminPassword, freePort());
      try {
        standby.run(
            "pg_basebackup",
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync",
            "--dbname=host=127.0.0.1 port=%d user=postgres passfile=%s"
                .formatted(port, folder.resolve("pgpass")));
        standby.startServer();
        return standby;
      } catch (RuntimeException e) {
        standby.stop();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare a folder for a standby", e);
    }
  }

  private void initialize(Path passwordFile) {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    run(
        "initdb",
        "--username=postgres",
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=" + (linux ? "C.UTF-8" : "C"),
        "--no-sync");
  }

  private void startServer() {
    String options =
        "-h 127.0.0.1 -p "
            + port
            + " -k '"
            + folder
            + "' -c fsync=off -c full_page_writes=off"
            + " -c max_connections=200";
    try {
      run("pg_ctl", "-w", "-l", folder.resolve("server.log").toString(), "-o", options, "start");
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + log(), e);
    }
  }

  private String log() {
    try {
      Path log = folder.resolve("server.log");
      return Files.exists(log) ? "\nserver.log:\n" + Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the server's log", e);
    }
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>(account.prefix());
    command.add(bin.resolve(program).toString());
    command.add("-D");
    command.add(folder.resolve("data").toString());
    command.addAll(List.of(arguments));
    Programs.run(command);
  }

  private Process startWatch() {
    List<String> command = new ArrayList<>(account.prefix());
    command.addAll(List.of("sh", "-c", WATCH, "sh", bin.toString(), folder.toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "stop PostgreSQL"));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run sh", e);
    }
  }

  private static void end(Process watch) {
    try {
      watch.getOutputStream().close();
      if (!watch.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("PostgreSQL did not stop within 20 s");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
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
    return "postgres";
  }

  @Override
  public String adminPassword() {
    return adminPassword;
  }

  @Override
  public String adminDatabase() {
    return "postgres";
  }

  @Override
  public Optional<Path> binDirectory() {
    return Optional.of(bin);
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void restart() {
    run("pg_ctl", "-m", "immediate", "-w", "stop");
    startServer();
  }

  @Override
  public void stop() {
    end(watch);
  }
}
