package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.literal;
import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;

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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.copy.CopyOut;

/** Cloning a database of PostgreSQL. */
final class PostgresCloneSql implements CloneSql {
  /** The application's own things: no part of an extension. */
  private static final String OWN =
      """
       n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'travaso')
         AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
           AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e')
      """;

  @Override
  public Optional<String> exportSnapshot(Handle session) {
    return Optional.of(
        session.createQuery("SELECT pg_export_snapshot()").mapTo(String.class).one());
  }

  @Override
  public Set<TableId> extensionTables(Handle session) {
    return new TreeSet<>(
        session
            .createQuery(
                """
                SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                  JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
                   AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
                 WHERE c.relkind IN ('r', 'p')
                """)
            .map((r, c) -> new TableId(r.getString(1), r.getString(2)))
            .list());
  }

  @Override
  public List<String> extensions(Handle session) {
    return strings(
        session,
        "SELECT extname::text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname");
  }

  @Override
  public List<String> unavailable(Handle session, List<String> extensions) {
    List<String> available = strings(session, "SELECT name::text FROM pg_available_extensions");
    return extensions.stream().filter(e -> !available.contains(e)).toList();
  }

  @Override
  public Optional<String> dataDirectory(Handle session) {
    // Only some roles see that row.
    return strings(session, "SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        .stream()
        .findFirst();
  }

  @Override
  public List<String> obstacles(Handle session) {
    List<String> obstacles = new ArrayList<>();
    strings(session, "SELECT srvname::text FROM pg_foreign_server ORDER BY 1")
        .forEach(
            server ->
                obstacles.add(
                    "the foreign server "
                        + server
                        + ": a clone would take the accounts along by which it is reached"));
    return obstacles;
  }

  @Override
  public List<String> notes(Handle session) {
    List<String> notes = new ArrayList<>();
    Set<TableId> extensions = extensionTables(session);
    if (!extensions.isEmpty()) {
      notes.add(
          "tables of extensions are as the extensions make them: "
              + extensions.stream().map(TableId::toString).collect(Collectors.joining(", ")));
    }
    List<String> unvalidated =
        strings(
            session,
            """
            SELECT o.conrelid::regclass || '.' || o.conname FROM pg_constraint AS o JOIN pg_namespace AS n ON n.oid = o.connamespace
             WHERE NOT o.convalidated AND o.conrelid <> 0 AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1
            """);
    if (!unvalidated.isEmpty()) {
      notes.add(
          "constraints that are NOT VALID in the source stay so, and are not proven: "
              + String.join(", ", unvalidated));
    }
    strings(session, "SELECT pubname::text FROM pg_publication ORDER BY 1")
        .forEach(name -> notes.add("the publication " + name + " is not cloned"));
    return notes;
  }

  @Override
  public long copy(Handle session, SyncTable table, RowSink rows) {
    String doing = "Reading " + table.label();
    try {
      CopyOut copy =
          PostgresBulk.copyManager(session)
              .copyOut(
                  "COPY (SELECT %s FROM %s) TO STDOUT"
                      .formatted(columns(table), relation(table.table())));
      long count = 0;
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        rows.row(row, 0, row.length - 1);
        count++;
      }
      return count;
    } catch (SQLException | JdbiException e) {
      throw PostgresErrors.explain(doing, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED, doing + " failed: " + e.getMessage(), "Look at the disk.", e);
    }
  }

  private static String columns(SyncTable table) {
    return quote(table.written().stream().map(Column::name).toList());
  }

  @Override
  public List<String> loadSession() {
    return List.of("SET synchronous_commit = off");
  }

  @Override
  public BulkLoad load(Handle session, SyncTable table) {
    String sql = "COPY %s (%s) FROM STDIN".formatted(quote(table.id()), columns(table));
    try {
      return new PostgresLoad(table, PostgresBulk.copyManager(session).copyIn(sql));
    } catch (SQLException e) {
      throw PostgresErrors.explainLoad(table, e);
    }
  }

  @Override
  public String insertStaged(SyncTable table, String staging) {
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s"
        .formatted(
            quote(table.id()),
            columns(table),
            table.written().stream()
                .map(c -> PostgresRows.stagedValue(table, c))
                .collect(Collectors.joining(", ")),
            PostgresRows.staged(staging));
  }

  @Override
  public List<SequencePlace> sequences(Handle session) {
    List<TableId> names =
        session
            .createQuery(
                "SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid ="
                    + " c.relnamespace WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND"
                    + OWN
                    + " ORDER BY 1, 2")
            .map((r, c) -> new TableId(r.getString(1), r.getString(2)))
            .list();
    List<SequencePlace> places = new ArrayList<>();
    for (TableId name : names) {
      places.add(
          session
              .createQuery("SELECT last_value, is_called FROM " + quote(name))
              .map(
                  (r, c) ->
                      new SequencePlace(
                          name.schema(), name.name(), r.getString(1), r.getBoolean(2)))
              .one());
    }
    return places;
  }

  @Override
  public String place(SequencePlace place) {
    return "SELECT setval(%s::regclass, %d, %s)"
        .formatted(
            literal(quote(new TableId(place.schema(), place.name()))),
            Long.parseLong(place.value()),
            place.called());
  }

  @Override
  public void advance(Handle session, SequencePlace other) {
    TableId name = new TableId(other.schema(), other.name());
    strings(
        session,
        """
        SELECT setval(q.seqrelid::regclass, %1$d, %2$s) FROM pg_sequence AS q, %3$s AS s
         WHERE q.seqrelid = %4$s::regclass AND %1$d BETWEEN q.seqmin AND q.seqmax
           AND CASE WHEN q.seqincrement > 0 THEN %1$d > s.last_value ELSE %1$d < s.last_value END
        """
            .formatted(
                Long.parseLong(other.value()), other.called(), quote(name), literal(quote(name))));
  }

  @Override
  public List<TableId> filledViews(Handle session) {
    return views(session, "AND c.relispopulated");
  }

  @Override
  public List<String> fill(Handle session, List<TableId> views) {
    // They were made in an order in which each finds those it is made of.
    return views(session, "").stream()
        .filter(views::contains)
        .map(view -> "REFRESH MATERIALIZED VIEW " + quote(view))
        .toList();
  }

  private static List<TableId> views(Handle session, String which) {
    return session
        .createQuery(
            "SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid ="
                + " c.relnamespace WHERE c.relkind = 'm' AND"
                + OWN
                + which
                + " ORDER BY c.oid")
        .map((r, c) -> new TableId(r.getString(1), r.getString(2)))
        .list();
  }

  /** As statements; each fails only where what it speaks of is not there. */
  private static final String GRANTS =
      """
      SELECT format('GRANT %s ON %s %I.%I TO %s%s', a.privilege_type,
               CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname,
               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
               CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS a
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND a.grantee <> c.relowner AND n.nspname NOT LIKE 'pg\\_%'
         AND n.nspname NOT IN ('information_schema', 'travaso')
       UNION ALL
      SELECT format('GRANT %s ON SCHEMA %I TO %s%s', a.privilege_type, n.nspname,
               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
               CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM pg_namespace AS n, aclexplode(n.nspacl) AS a
       WHERE a.grantee <> n.nspowner AND n.nspname NOT LIKE 'pg\\_%'
         AND n.nspname NOT IN ('information_schema', 'travaso', 'public')
       ORDER BY 1
      """;

  @Override
  public List<String> grants(Handle session) {
    return strings(session, GRANTS);
  }

  @Override
  public List<String> grantable(Handle session, List<String> grants) {
    List<String> things =
        strings(
            session,
            """
            SELECT format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname)
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
             UNION ALL SELECT format('SCHEMA %I', nspname) FROM pg_namespace
            """);
    return grants.stream()
        .filter(grant -> things.stream().anyMatch(t -> grant.contains(" ON " + t + " TO ")))
        .toList();
  }

  @Override
  public String orphans(Table child, ForeignKey key, int limit) {
    List<String> columns = key.columns().stream().map(c -> "c." + quote(c)).toList();
    String pairs =
        IntStream.range(0, columns.size())
            .mapToObj(i -> "p." + quote(key.targetColumns().get(i)) + " = " + columns.get(i))
            .collect(Collectors.joining(" AND "));
    String own =
        child.primaryKey().isEmpty()
            ? "'ctid ' || c.ctid"
            : PostgresRows.keyText(child.primaryKey().stream().map(c -> "c." + quote(c)).toList());
    return "SELECT %s, %s FROM %s AS c WHERE %s AND NOT EXISTS (SELECT FROM %s AS p WHERE %s) LIMIT %d"
        .formatted(
            own,
            PostgresRows.keyText(columns),
            relation(child),
            columns.stream().map(c -> c + " IS NOT NULL").collect(Collectors.joining(" AND ")),
            quote(key.target()),
            pairs,
            limit);
  }

  @Override
  public boolean provesForeignKeys() {
    return true;
  }

  private static List<String> strings(Handle session, String query) {
    return session.createQuery(query).mapTo(String.class).list();
  }
}
