package io.travaso.cli;

import io.travaso.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** What this process can find out about where it runs. */
final class Machine {
  private Machine() {}

  /**
   * Which streams are a terminal. Java can't tell them one by one; the launcher can, and says it in
   * {@code travaso.terminal} ({@code in,out,err}) and {@code travaso.columns}. Without it, none is.
   */
  static Terminal terminal() {
    List<String> streams = List.of(System.getProperty("travaso.terminal", "").split(","));
    String columns = System.getProperty("travaso.columns", "");
    return new Terminal(
        streams.contains("in"),
        streams.contains("out"),
        streams.contains("err"),
        columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : 0);
  }

  /** The name the launcher was called by. */
  static String program() {
    return System.getProperty("travaso.command", "").equals("travaso") ? "travaso" : "sync";
  }

  static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Machine.class.getResourceAsStream("version.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("Reading version.properties", e);
    }
    return properties.getProperty("version", "?");
  }

  /** The jar this class comes from; empty where it comes from a folder. */
  static Optional<Path> jar() {
    try {
      Path place =
          Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.isRegularFile(place) ? Optional.of(place) : Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of the program", e);
    }
  }

  /** user@host. */
  static String user(Map<String, String> variables) {
    return System.getProperty("user.name", "?") + "@" + host(variables);
  }

  private static String host(Map<String, String> variables) {
    String exported =
        variables.getOrDefault("HOSTNAME", variables.getOrDefault("COMPUTERNAME", ""));
    if (!exported.isBlank()) {
      return exported;
    }
    try {
      // Without the name service, which may be slow to say that it does not know.
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }
}
