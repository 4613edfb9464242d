package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.isNotNull;

import io.travaso.SyncException;
import io.travaso.database.BulkLoad;
import io.travaso.database.CloneSql;
import io.travaso.database.RowSink;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Cloning a database of MariaDB. */
final class MariaDbCloneSql implements CloneSql {

  @Override
  public Optional<String> exportSnapshot(Handle session) {
    return Optional.empty();
  }

  @Override
  public Set<TableId> extensionTables(Handle session) {
    return Set.of();
  }

  @Override
  public List<String> extensions(Handle session) {
    return List.of();
  }

  @Override
  public List<String> unavailable(Handle session, List<String> extensions) {
    return extensions;
  }

  @Override
  public Optional<String> dataDirectory(Handle session) {
    return Optional.of(session.createQuery("SELECT @@datadir").mapTo(String.class).one());
  }

  @Override
  public List<String> obstacles(Handle session) {
    List<String> obstacles = new ArrayList<>();
    MariaDbDumpSql.lackedRights(session)
        .forEach(
            right -> obstacles.add("the account lacks the right " + right + " on the database"));
    strings(
            session,
            """
            SELECT DISTINCT CONCAT(TABLE_NAME, ' references ', REFERENCED_TABLE_SCHEMA, '.', REFERENCED_TABLE_NAME,
                     ', which stands in another database')
              FROM information_schema.KEY_COLUMN_USAGE
             WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA <> DATABASE() ORDER BY 1
            """)
        .forEach(obstacles::add);
    return obstacles;
  }

  @Override
  public List<String> notes(Handle session) {
    List<String> notes = new ArrayList<>();
    add(
        notes,
        "tables without transactions, whose rows may be of another moment",
        session,
        "TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND ENGINE <> 'InnoDB'");
    add(
        notes,
        "of versioned tables only the rows as they are now go",
        session,
        "TABLE_TYPE = 'SYSTEM VERSIONED'");
    return notes;
  }

  private static void add(List<String> notes, String what, Handle session, String which) {
    List<String> names =
        strings(
            session,
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
                + which
                + " AND "
                + MariaDbCatalog.NOT_OURS
                + " ORDER BY 1");
    if (!names.isEmpty()) {
      notes.add(what + ": " + String.join(", ", names));
    }
  }

  @Override
  public long copy(Handle session, SyncTable table, RowSink rows) {
    String doing = "Reading " + table.label();
    List<Column> columns = table.written();
    String query =
        "SELECT %s FROM %s AS t"
            .formatted(
                columns.stream()
                    .map(c -> MariaDbText.expression(c, "t." + quote(c.name())))
                    .collect(Collectors.joining(", ")),
                quote(table.id()));
    try {
      if (!table.match().isEmpty()) {
        MariaDbBulk.refuseWithoutChoice(session, table);
      }
      return MariaDbBulk.stream(
          session, query, columns.stream().map(MariaDbText::form).toList(), rows);
    } catch (SQLException | JdbiException e) {
      throw MariaDbErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED, doing + " failed: " + e.getMessage(), "Look at the disk.", e);
    }
  }

  @Override
  public List<String> loadSession() {
    return List.of("SET SESSION foreign_key_checks = 0");
  }

  @Override
  public BulkLoad load(Handle session, SyncTable table) {
    return MariaDbBulk.load(session, MariaDbLoadColumns.own(table), table.id().name());
  }

  @Override
  public String insertStaged(SyncTable table, String staging) {
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(
            quote(table.id()),
            quote(table.written().stream().map(Column::name).toList()),
            table.written().stream()
                .map(c -> MariaDbRows.stagedValue(table, c))
                .collect(Collectors.joining(", ")),
            MariaDbRows.staged(staging));
  }

  @Override
  public List<SequencePlace> sequences(Handle session) {
    List<SequencePlace> places = new ArrayList<>();
    for (String name :
        strings(
            session,
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND"
                + " TABLE_TYPE = 'SEQUENCE' ORDER BY 1")) {
      places.add(
          session
              .createQuery("SELECT next_not_cached_value FROM " + quote(name))
              .map((r, c) -> new SequencePlace(MariaDbNames.SCHEMA, name, r.getString(1), false))
              .one());
    }
    return places;
  }

  @Override
  public String place(SequencePlace place) {
    return "SELECT SETVAL(%s, %d, 0)".formatted(quote(place.name()), new BigInteger(place.value()));
  }

  @Override
  public void advance(Handle session, SequencePlace other) {
    // Where it is further already it stays there.
    strings(session, place(other));
  }

  @Override
  public List<TableId> filledViews(Handle session) {
    return List.of();
  }

  @Override
  public List<String> fill(Handle session, List<TableId> views) {
    return List.of();
  }

  @Override
  public List<String> grants(Handle session) {
    // They hang on names, and the names stay.
    return List.of();
  }

  @Override
  public List<String> grantable(Handle session, List<String> grants) {
    return grants;
  }

  @Override
  public String orphans(Table child, ForeignKey key, int limit) {
    List<String> own = child.primaryKey().isEmpty() ? key.columns() : child.primaryKey();
    String pairs =
        IntStream.range(0, key.columns().size())
            .mapToObj(
                i ->
                    "p.%s = c.%s"
                        .formatted(quote(key.targetColumns().get(i)), quote(key.columns().get(i))))
            .collect(Collectors.joining(" AND "));
    return "SELECT %s, %s FROM %s AS c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s AS p WHERE %s) LIMIT %d"
        .formatted(
            text(child, own),
            text(child, key.columns()),
            quote(child.id()),
            key.columns().stream()
                .map(c -> isNotNull("c." + quote(c)))
                .collect(Collectors.joining(" AND ")),
            quote(key.target()),
            pairs,
            limit);
  }

  private static String text(Table table, List<String> columns) {
    return MariaDbRows.keyText(
        columns.stream()
            .map(c -> new MariaDbRows.Value(table.requiredColumn(c), "c." + quote(c)))
            .toList());
  }

  @Override
  public boolean provesForeignKeys() {
    return false;
  }

  private static List<String> strings(Handle session, String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }
}
