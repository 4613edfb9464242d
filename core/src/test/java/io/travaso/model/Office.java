package io.travaso.model;

import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import io.travaso.testing.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One of the two databases, with what its users do to it. */
final class Office implements AutoCloseable {
  private static final String SCHEMA =
      """
      CREATE TABLE tag (id SERIAL_ID, name varchar(20) NOT NULL);
      CREATE TABLE customer (id SERIAL_ID, name varchar(20) NOT NULL, city varchar(20) NOT NULL,
        phone varchar(20) NOT NULL);
      CREATE TABLE code (id SERIAL_ID, code varchar(20) NOT NULL UNIQUE, label varchar(20) NOT NULL,
        price varchar(20) NOT NULL);
      CREATE TABLE matter (id SERIAL_ID, customer_id int NOT NULL, title varchar(20) NOT NULL,
        state varchar(20) NOT NULL, code_id int,
        FOREIGN KEY (customer_id) REFERENCES customer (id), FOREIGN KEY (code_id) REFERENCES code (id));
      CREATE TABLE customer_tags (id SERIAL_ID, customer_id int NOT NULL, tag_id int NOT NULL,
        UNIQUE (customer_id, tag_id), FOREIGN KEY (customer_id) REFERENCES customer (id),
        FOREIGN KEY (tag_id) REFERENCES tag (id));
      CREATE TABLE own (id int PRIMARY KEY, note varchar(20));
      """;

  private final String name;
  private final TestDatabase database;
  private final Connection connection;

  /**
   * Makes one; the rows it begins with are the same in both.
   *
   * @param ids how many ids of codes are taken already: both databases have their own
   */
  Office(TestServer server, String name, int ids) {
    this.name = name;
    this.database = DatabasePool.take(server);
    String id =
        server.engine() == Engine.MARIADB ? "int AUTO_INCREMENT PRIMARY KEY" : "serial PRIMARY KEY";
    database.execute(SCHEMA.replace("SERIAL_ID", id));
    connection = database.connect();
    database.execute("INSERT INTO own VALUES (1, '" + name + "')");
    attempt("INSERT INTO tag (name) VALUES ('t1'), ('t2'), ('t3')");
    attempt(
        "INSERT INTO customer (name, city, phone) VALUES ('n1', 'c1', 'p1'), ('n2', 'c2', 'p2'),"
            + " ('n3', 'c3', 'p3')");
    for (int i = 0; i < ids; i++) {
      attempt("INSERT INTO code (code, label, price) VALUES ('gone', '', '')");
      attempt("DELETE FROM code");
    }
    attempt("INSERT INTO code (code, label, price) VALUES ('C1', 'l1', '1'), ('C2', 'l2', '2')");
    attempt(
        "INSERT INTO matter (customer_id, title, state) VALUES (1, 'm1', 's1'), (2, 'm2', 's2')");
    attempt("UPDATE matter SET code_id = (SELECT id FROM code WHERE code = 'C1')");
    attempt("INSERT INTO customer_tags (customer_id, tag_id) VALUES (1, 1), (2, 1), (2, 2)");
  }

  String name() {
    return name;
  }

  TestDatabase database() {
    return database;
  }

  /** The rows of the set. */
  Rows rows() {
    Rows rows = Rows.none();
    for (Entity entity : Entity.values()) {
      for (List<String> row : query(entity.select())) {
        rows.get(entity).put(row.get(0), List.copyOf(row.subList(1, row.size())));
      }
    }
    return rows;
  }

  /** The rows that are excluded. */
  List<List<String>> own() {
    return query("SELECT id, note FROM own ORDER BY id");
  }

  private List<List<String>> query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          String value = result.getString(i);
          row.add(value == null ? Rows.NULL : value);
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void editOwn(int id, String note) {
    database.execute(
        "DELETE FROM own WHERE id = " + id,
        "INSERT INTO own VALUES (%d, '%s')".formatted(id, note));
  }

  void edit(Entity entity, String key, String column, String value) {
    attempt(
        "UPDATE %s SET %s = %s WHERE %s = '%s'"
            .formatted(
                entity.table(),
                Entity.stored(column),
                Entity.assigned(column, value),
                entity.key(),
                key));
  }

  /** A new row; whoever gets no key gets the next id. */
  void insert(Entity entity, String key, List<String> values) {
    List<String> columns = new ArrayList<>();
    List<String> assigned = new ArrayList<>();
    if (entity == Entity.LINK) {
      columns.addAll(List.of("customer_id", "tag_id"));
      assigned.addAll(List.of(key.split(":", -1)));
    } else if (!key.isEmpty()) {
      columns.add(entity.key());
      assigned.add("'" + key + "'");
    }
    for (int i = 0; i < values.size(); i++) {
      columns.add(Entity.stored(entity.columns().get(i)));
      assigned.add(Entity.assigned(entity.columns().get(i), values.get(i)));
    }
    attempt(
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(entity.table(), String.join(", ", columns), String.join(", ", assigned)));
  }

  void delete(Entity entity, String key, boolean withItsOwn) {
    if (withItsOwn) {
      if (entity == Entity.CUSTOMER) {
        attempt("DELETE FROM matter WHERE customer_id = " + key);
        attempt("DELETE FROM customer_tags WHERE customer_id = " + key);
      } else if (entity == Entity.TAG) {
        attempt("DELETE FROM customer_tags WHERE tag_id = " + key);
      }
    }
    attempt("DELETE FROM %s WHERE %s = '%s'".formatted(entity.table(), entity.key(), key));
  }

  /** What the database refuses (a key that is taken, a parent that is used) is not done. */
  private void attempt(String sql) {
    try {
      execute(sql);
    } catch (SQLException e) {
      if (!String.valueOf(e.getSQLState()).startsWith("23")) {
        throw new IllegalStateException(sql, e);
      }
    }
  }

  /** Waits until whoever died is gone for the server, too. */
  void awaitAlone() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (database.others() > 1) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Still connected: " + database.others());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    DatabasePool.giveBack(database);
  }
}
