package io.travaso.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A server that exists already, at {@code ENGINE://user:password@host:port/database}. */
record GivenServer(
    String host, int port, String adminUser, String adminPassword, String adminDatabase)
    implements RunningServer {

  /**
   * The server at an address.
   *
   * @param url the address
   * @param variable where it was read, for the message
   * @param port the engine's usual port
   * @param database the engine's database for set-up
   */
  static GivenServer at(String url, String variable, int port, String database) {
    URI uri = URI.create(url);
    String[] credentials = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    if (credentials.length != 2 || uri.getHost() == null) {
      throw new IllegalStateException(
          variable
              + " must read ENGINE://user:password@host:port/database, the user allowed to create"
              + " databases");
    }
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    return new GivenServer(
        uri.getHost(),
        uri.getPort() < 0 ? port : uri.getPort(),
        credentials[0],
        credentials[1],
        path.length() > 1 ? path.substring(1) : database);
  }

  @Override
  public Optional<Path> binDirectory() {
    return Optional.empty();
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public void restart() {
    throw new IllegalStateException("Not restarted: " + describe() + " is not ours");
  }

  @Override
  public void stop() {
    // It was there before the tests and stays.
  }
}
