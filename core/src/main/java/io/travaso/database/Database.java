package io.travaso.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.travaso.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;

/** A database that is connected to: a small pool of pinned sessions. */
public final class Database implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  private final ConnectionSettings settings;
  private final Dialect dialect;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Jdbi own;

  private Database(ConnectionSettings settings, Dialect dialect) {
    this.settings = settings;
    this.dialect = dialect;
    HikariConfig config = new HikariConfig();
    config.setDataSource(dialect.dataSource(settings));
    config.setConnectionInitSql(dialect.sessionSql());
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    config.setPoolName("travaso");
    this.pool = new HikariDataSource(config);
    this.jdbi = configured(Jdbi.create(pool), dialect);
    this.own = configured(Jdbi.create(this::connect), dialect);
  }

  private static Jdbi configured(Jdbi jdbi, Dialect dialect) {
    // Our statements are complete as they are; a "<" in them is no template.
    jdbi.getConfig(SqlStatements.class)
        .setTemplateEngine(TemplateEngine.NOP)
        .setSqlParser(new BoundSqlParser())
        .setSqlLogger(new StatementCheck(dialect));
    // Jdbi's default message holds the bound values.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  private Connection connect() throws SQLException {
    Connection connection = dialect.dataSource(settings).getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(dialect.sessionSql());
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Connects.
   *
   * @throws SyncException if the server can't be reached or says no
   */
  public static Database open(ConnectionSettings settings) {
    Dialect dialect = Dialects.of(settings.engine());
    try {
      // Asked once without the pool, which would try again for a quarter of a minute and hide why.
      dialect.dataSource(settings).getConnection().close();
    } catch (SQLException e) {
      throw dialect.explain("Connecting to " + settings.name(), e);
    }
    return new Database(settings, dialect);
  }

  public Dialect dialect() {
    return dialect;
  }

  /** For messages. */
  public String name() {
    return settings.name();
  }

  /** The role that connects. */
  public String user() {
    return settings.user();
  }

  /** A session of its own; when it is closed its temporary tables and locks go with it. */
  public Handle session() {
    try {
      return own.open();
    } catch (JdbiException e) {
      throw dialect.explain("Connecting to " + name(), e);
    }
  }

  /**
   * A session of its own, as {@link #session()}; where the server is not there, it is tried again
   * for so long, for it may just be starting.
   */
  public Handle session(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return session();
      } catch (SyncException e) {
        if (System.nanoTime() > end || !paused()) {
          throw e;
        }
      }
    }
  }

  private static boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(250);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Does something in a session.
   *
   * @param doing what, for the message if it fails
   */
  public <T> T with(String doing, HandleCallback<T, RuntimeException> callback) {
    try {
      return jdbi.withHandle(callback);
    } catch (JdbiException e) {
      throw dialect.explain(doing, e);
    }
  }

  /**
   * Does something in a transaction.
   *
   * @param doing what, for the message if it fails
   */
  public <T> T inTransaction(String doing, HandleCallback<T, RuntimeException> callback) {
    try {
      return jdbi.inTransaction(callback);
    } catch (JdbiException e) {
      throw dialect.explain(doing, e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
