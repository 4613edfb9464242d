package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.database.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A connection for MariaDB's programs, in an option file of its own. It is the only one they read:
 * what the host's or the user's other files say could lead them elsewhere, or make another dump.
 */
final class OptionFile implements AutoCloseable {
  private final PrivateFile file;

  private OptionFile(PrivateFile file) {
    this.file = file;
  }

  static OptionFile of(ConnectionSettings database) throws IOException {
    return in(PrivateFile.temporary(), database);
  }

  static OptionFile in(Path temporary, ConnectionSettings database) throws IOException {
    return new OptionFile(PrivateFile.write(temporary, "mycnf", text(database)));
  }

  /** The argument that has to come first. */
  String argument() {
    return "--defaults-file=" + file.path();
  }

  Path path() {
    return file.path();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static String text(ConnectionSettings database) {
    List<String> lines = new ArrayList<>();
    lines.add("[client]");
    // By name or by socket the account may be another one.
    lines.add("protocol=tcp");
    lines.add(option("host", database.host()));
    lines.add("port=" + database.port());
    lines.add(option("user", database.user()));
    if (database.password() != null) {
      lines.add(option("password", database.password().reveal()));
    }
    addTransport(database.parameters(), lines);
    return String.join("\n", lines) + "\n";
  }

  /** As the driver connects: without encryption unless it is asked for. */
  private static void addTransport(Map<String, String> parameters, List<String> lines) {
    String mode = parameters.getOrDefault("sslmode", "disable");
    boolean verifies = mode.startsWith("verify");
    lines.add("ssl=" + (mode.equals("disable") ? 0 : 1));
    if (!mode.equals("disable")) {
      lines.add("ssl-verify-server-cert=" + (verifies ? 1 : 0));
    }
    add(parameters, "sslrootcert", "ssl-ca", lines);
    add(parameters, "sslcert", "ssl-cert", lines);
    add(parameters, "sslkey", "ssl-key", lines);
    add(parameters, "connect_timeout", "connect-timeout", lines);
  }

  private static void add(
      Map<String, String> parameters, String parameter, String option, List<String> lines) {
    String value = parameters.get(parameter);
    if (value != null) {
      lines.add(option(option, value));
    }
  }

  /**
   * MariaDB's manual, "Option Files": a value may stand in double quotes, in which a backslash
   * escapes; within them a # begins no comment, and blanks at both ends stay.
   */
  private static String option(String name, String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw SyncException.configuration(
          "the database's " + name + " has a line break, which MariaDB's option files can't hold",
          "see whether the secret's source ends in a stray line, or choose another " + name);
    }
    return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
