package io.travaso.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private OpenSSH server in a temporary folder, on a free port of 127.0.0.1. It runs as the user
 * of the tests and lets in that user alone, by key.
 */
public final class SshServer implements AutoCloseable {
  /** The passphrase of {@link #encryptedKey}. */
  public static final String PASSPHRASE = "a passphrase, 'quoted' and ünicode";

  private static final long START_SECONDS = 20;
  private static final List<String> HOST_KEY_TYPES = List.of("ed25519", "ecdsa", "rsa");

  private final Path folder;
  private final int port;
  private Process process;

  private SshServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** How a server is to be; {@link #start} makes it so. */
  public static final class Builder {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();
    private List<String> hostKeyTypes = List.of("ed25519");
    private @Nullable Path home;

    /** A variable of the commands' environment, such as PATH. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Another home for the login: HOME of commands and the first directory of SFTP. */
    public Builder home(Path directory) {
      home = directory;
      return environment("HOME", directory.toString());
    }

    /** The host keys it shows: ed25519, ecdsa, rsa. */
    public Builder hostKeys(String... types) {
      hostKeyTypes = List.of(types);
      return this;
    }

    /** A further line of sshd_config. */
    public Builder option(String line) {
      options.add(line);
      return this;
    }

    public SshServer start() {
      try {
        return launch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private SshServer launch() throws IOException {
      Path folder = Files.createTempDirectory("travaso-sshd-");
      for (String type : HOST_KEY_TYPES) {
        keygen(folder.resolve("host_" + type), type, "");
      }
      for (String type : HOST_KEY_TYPES) {
        keygen(folder.resolve("id_" + type), type, "");
      }
      keygen(folder.resolve("id_encrypted"), "ed25519", PASSPHRASE);
      keygen(folder.resolve("id_stranger"), "ed25519", "");
      StringBuilder authorized = new StringBuilder();
      for (String key : List.of("id_ed25519", "id_ecdsa", "id_rsa", "id_encrypted")) {
        authorized.append(Files.readString(folder.resolve(key + ".pub")));
      }
      Files.writeString(folder.resolve("authorized_keys"), authorized);
      int port = freePort();
      Files.writeString(folder.resolve("sshd_config"), config(folder, port));
      StringBuilder known = new StringBuilder();
      for (String type : hostKeyTypes) {
        String publicKey = Files.readString(folder.resolve("host_" + type + ".pub"), UTF_8);
        known.append("[127.0.0.1]:").append(port).append(' ').append(publicKey);
      }
      Files.writeString(folder.resolve("known_hosts"), known);
      return new SshServer(folder, port, launchSshd(folder, port));
    }

    private String config(Path folder, int port) {
      List<String> lines = new ArrayList<>();
      lines.add("ListenAddress 127.0.0.1:" + port);
      hostKeyTypes.forEach(type -> lines.add("HostKey " + folder.resolve("host_" + type)));
      lines.add("AuthorizedKeysFile " + folder.resolve("authorized_keys"));
      lines.add("PidFile none");
      lines.add("StrictModes no");
      lines.add("UsePAM no");
      lines.add("PasswordAuthentication no");
      lines.add("KbdInteractiveAuthentication no");
      lines.add("LogLevel VERBOSE");
      lines.add("Subsystem sftp internal-sftp" + (home == null ? "" : " -d " + home));
      if (!environment.isEmpty()) {
        StringBuilder line = new StringBuilder("SetEnv");
        environment.forEach((k, v) -> line.append(" \"").append(k + "=" + v).append('"'));
        lines.add(line.toString());
      }
      lines.addAll(options);
      return String.join("\n", lines) + "\n";
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  public static SshServer start() {
    return builder().start();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** Who may log in: the user of the tests. */
  public String user() {
    return System.getProperty("user.name");
  }

  /** A temporary folder, deleted with the server. */
  public Path folder() {
    return folder;
  }

  /** A private key that is let in, of the type ed25519. */
  public Path clientKey() {
    return clientKey("ed25519");
  }

  /** A private key that is let in: ed25519, ecdsa or rsa. */
  public Path clientKey(String type) {
    return folder.resolve("id_" + type);
  }

  /** A private key that is let in, under {@link #PASSPHRASE}. */
  public Path encryptedKey() {
    return folder.resolve("id_encrypted");
  }

  /** A private key that is not let in. */
  public Path strangersKey() {
    return folder.resolve("id_stranger");
  }

  /** A known_hosts file that holds the server's host keys. */
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  /** The server's public key as {@code TYPE BASE64}, also one it does not show. */
  public String hostKey(String type) {
    try {
      String[] words = Files.readString(folder.resolve("host_" + type + ".pub")).split(" ", -1);
      return words[0] + " " + words[1].strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What sshd has logged so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server and every session it has, as a machine that goes down does. */
  public void stop() {
    List<ProcessHandle> sessions = process.descendants().toList();
    process.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops answering without closing a connection, as a broken network does. */
  public void freeze() {
    signalAll("STOP");
  }

  /** Ends {@link #freeze}. */
  public void thaw() {
    signalAll("CONT");
  }

  /** Starts it again after {@link #stop}, on the same port with the same keys. */
  public void restart() {
    try {
      process = launchSshd(folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of 127.0.0.1 nobody listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  /** Makes a key pair: PATH and PATH.pub. */
  public static void keygen(Path path, String type, String passphrase) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type));
    if (type.equals("rsa")) {
      command.addAll(List.of("-b", "2048"));
    }
    command.addAll(List.of("-N", passphrase, "-C", "test", "-f", path.toString()));
    Programs.run(command);
  }

  /** The server and its connections, not the commands those run. */
  private void signalAll(String signal) {
    List<String> command = new ArrayList<>(List.of("kill", "-s", signal));
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(each -> String.valueOf(each.pid()))
        // By ps, since sshd hides its executable from every other process.
        .filter(pid -> Programs.run(List.of("ps", "-o", "comm=", "-p", pid)).contains("sshd"))
        .forEach(command::add);
    Programs.run(command);
  }

  private static Process launchSshd(Path folder, int port) throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      // sshd of root insists on this directory, which a package's start script would make.
      Files.createDirectories(
          Path.of("/run/sshd"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Process sshd =
        new ProcessBuilder(findSshd(), "-D", "-e", "-f", folder.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(port)) {
      if (!sshd.isAlive() || System.nanoTime() > deadline) {
        sshd.destroyForcibly();
        throw new IOException("sshd did not start: " + Files.readString(folder.resolve("log")));
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return sshd;
  }

  private static String findSshd() throws IOException {
    for (String folder : List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin")) {
      Path sshd = Path.of(folder, "sshd");
      if (Files.isExecutable(sshd)) {
        return sshd.toString();
      }
    }
    throw new IOException("these tests need OpenSSH's sshd (package openssh-server)");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
