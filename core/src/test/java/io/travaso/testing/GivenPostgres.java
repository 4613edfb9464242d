package io.travaso.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A server that exists already, at {@code postgresql://user:password@host:port/database}. */
record GivenPostgres(
    String host, int port, String adminUser, String adminPassword, String adminDatabase)
    implements RunningPostgres {

  static GivenPostgres at(String url) {
    URI uri = URI.create(url);
    String[] credentials = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    if (credentials.length != 2 || uri.getHost() == null) {
      throw new IllegalStateException(
          PostgresSearch.URL_VARIABLE
              + " must read postgresql://user:password@host:port/database, the user allowed to"
              + " create databases");
    }
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    return new GivenPostgres(
        uri.getHost(),
        uri.getPort() < 0 ? 5432 : uri.getPort(),
        credentials[0],
        credentials[1],
        path.length() > 1 ? path.substring(1) : "postgres");
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
