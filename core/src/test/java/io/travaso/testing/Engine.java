package io.travaso.testing;

import java.util.List;

/**
 * The databases the tool works with. A promise that both must keep is a test that is given one of
 * these:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void keepsWhatOthersWrote(Engine engine) {
 *   try (Pair pair = Pair.of(engine, "CREATE TABLE t (id int PRIMARY KEY, v varchar(20))")) {
 *     pair.source("INSERT INTO t VALUES (1, 'new')");
 *     pair.target("INSERT INTO t VALUES (2, 'own')");
 *     pair.merges("t +1 ~0 -0 =0 *1");
 *     assertThat(pair.target.table("t")).hasSize(2);
 *   }
 * }
 * }</pre>
 *
 * <p>Where every test of a class needs it, the class is an abstract contract with two subclasses,
 * each of which names its engine. What one engine alone has (arrays, zero dates) gets a test of its
 * own: {@code Pair.of(Engine.MARIADB, ...)}. SQL that both understand: int, bigint, decimal(p,s),
 * varchar(n), date, CHECK, UNIQUE, FOREIGN KEY (a) REFERENCES t (a) — MariaDB ignores a REFERENCES
 * that stands beside the column before 10.5, and needs the referenced columns' names.
 */
public enum Engine {
  POSTGRESQL("postgresql") {
    @Override
    public TestServer shared() {
      return PostgresServer.shared();
    }

    @Override
    public TestServer start() {
      return PostgresServer.start();
    }

    @Override
    public List<? extends TestServer> everyVersion() {
      return PostgresServer.everyVersion();
    }
  },

  MARIADB("mariadb") {
    @Override
    public TestServer shared() {
      return MariaDbServer.shared();
    }

    @Override
    public TestServer start() {
      return MariaDbServer.start();
    }

    @Override
    public List<? extends TestServer> everyVersion() {
      return MariaDbServer.everyVersion();
    }
  };

  private final String scheme;

  Engine(String scheme) {
    this.scheme = scheme;
  }

  /** What its addresses begin with, and its name in a configuration and in a manifest. */
  public String scheme() {
    return scheme;
  }

  /** The server all tests of this JVM share. */
  public abstract TestServer shared();

  /** A server of the test's own, which it has to close. */
  public abstract TestServer start();

  /** A server of each version there is, the oldest first. */
  public abstract List<? extends TestServer> everyVersion();
}
