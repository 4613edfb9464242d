package io.travaso.merge;

import io.travaso.SyncException;
import io.travaso.database.MergeSql;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Makes the rows of join tables of the lists of links that stand in other tables' records. */
final class StagedLinks {
  private static final int LISTED = 1000;

  private final Handle session;
  private final MergeSql sql;
  private final TableSet set;
  private final Staging staging;

  StagedLinks(Handle session, MergeSql sql, TableSet set, Staging staging) {
    this.session = session;
    this.sql = sql;
    this.set = set;
    this.staging = staging;
  }

  void expand() {
    refuseMalformed();
    for (SyncTable owner : set.tables()) {
      for (int list = 0; list < owner.links().size(); list++) {
        SyncTable table = owner.links().get(list).table();
        if (staging.rows(owner) > 0) {
          String statement =
              sql.expandLinks(owner, list, staging.loaded(owner), staging.loaded(table));
          staging.loaded(table, session.execute(statement));
        }
      }
    }
  }

  private void refuseMalformed() {
    List<String> malformed = new ArrayList<>();
    for (SyncTable owner : set.tables()) {
      for (int list = 0; list < owner.links().size(); list++) {
        String name = owner.links().get(list).name();
        session
            .createQuery(sql.malformedLinks(owner, list, staging.loaded(owner), LISTED))
            .mapTo(String.class)
            .forEach(key -> malformed.add("%s %s: %s".formatted(owner.label(), key, name)));
      }
    }
    if (!malformed.isEmpty()) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Reading the lists of links failed: some are no lists of what recognises a row",
          "A list holds primary keys, or natural keys where the rows have other ids in each"
              + " database: [\"anna\"].",
          malformed);
    }
  }
}
