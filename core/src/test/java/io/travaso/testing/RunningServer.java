package io.travaso.testing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** A server that accepts connections, wherever it came from. */
interface RunningServer {

  String host();

  int port();

  String adminUser();

  String adminPassword();

  /** The database to connect to for set-up. */
  String adminDatabase();

  /** The folder of the server's programs, if they are on this machine. */
  Optional<Path> binDirectory();

  /** Whether it was started for these tests and nobody else uses it. */
  boolean isOurs();

  /** Stops at once and starts again; refused where the server is not ours to stop. */
  void restart();

  void stop();

  /** Where it is, for messages. */
  default String describe() {
    return host() + ":" + port();
  }

  /** A password that no log or error message holds by chance. */
  static String randomPassword() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return "pw-" + HexFormat.of().formatHex(bytes);
  }
}
