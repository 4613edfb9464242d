package io.travaso.keys;

import io.travaso.database.Database;
import io.travaso.database.KeySql.Position;
import io.travaso.table.Column;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How the tables of a set get their keys. */
public final class KeySources {
  private KeySources() {}

  /** A table of the set whose keys the database draws. */
  record Drawn(SyncTable table, Column key) {
    TableId sequence() {
      return Objects.requireNonNull(key.sequence());
    }

    boolean isAutoIncrement() {
      return sequence().equals(table.id());
    }

    /** Whether its rows are recognised otherwise, so that nobody minds their keys. */
    boolean isByMeaning() {
      return !table.match().equals(List.of(key));
    }
  }

  /** The tables whose keys are drawn, in the order of the set. */
  static List<Drawn> drawn(TableSet set) {
    List<Drawn> drawn = new ArrayList<>();
    for (SyncTable table : set.tables()) {
      Optional<Column> key = KeyedTable.number(table.table());
      key.filter(k -> k.sequence() != null).ifPresent(k -> drawn.add(new Drawn(table, k)));
    }
    return drawn;
  }

  public static List<KeySource> of(Database database, TableSet set) {
    return database.with(
        "Looking at how keys are drawn",
        handle -> drawn(set).stream().map(d -> source(database, handle, d)).toList());
  }

  private static KeySource source(Database database, Handle handle, Drawn drawn) {
    Position position =
        database
            .dialect()
            .keys()
            .position(handle, drawn.table().table(), drawn.key(), drawn.sequence());
    return new KeySource(
        drawn.table().id().toString(),
        drawn.table().label(),
        drawn.key().name(),
        drawn.isAutoIncrement() ? null : drawn.sequence().toString(),
        position.next(),
        position.increment(),
        position.offset(),
        drawn.isByMeaning());
  }
}
