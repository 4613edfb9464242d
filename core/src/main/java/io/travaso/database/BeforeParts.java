package io.travaso.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.travaso.SyncException;
import io.travaso.table.Column;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Which runs' rows the ledger has as they were before: a part for each run and table, with a row of
 * its own that says what it is.
 */
public final class BeforeParts {
  /** How many runs can be undone, one after the other. */
  public static final int MOST_RUNS = 10;

  /** How many bytes those may take together, and so each of them. */
  public static final long MOST_BYTES = 256L << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String table;
  private final String runs;

  public BeforeParts(LedgerSql sql) {
    this.table = sql.beforeTable();
    this.runs = sql.runTable();
  }

  /**
   * What a part was made of.
   *
   * @param key the columns that rows are known by
   * @param columns the table's columns, as they were; where they are others now, rows would not
   *     come back as they were
   * @param set those that the run set in rows that were there
   */
  public record About(List<String> key, List<Described> columns, List<String> set) {

    public About {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
      set = List.copyOf(set);
    }

    /** What is to be known of a table's columns. */
    public static List<Described> columns(Table table) {
      return table.columns().stream().map(Described::of).toList();
    }
  }

  /** A column, as far as it concerns its values. */
  public record Described(String name, String type, boolean generated) {

    static Described of(Column column) {
      return new Described(column.name(), column.type(), column.generated());
    }
  }

  /**
   * A part.
   *
   * @param name the table's full name
   */
  public record Part(int number, String name, About about) {}

  /** Writes down that a part begins; what it holds follows. */
  public int begin(Handle handle, String run, Table of, About about, long bytes) {
    int number =
        1
            + handle
                .createQuery("SELECT COALESCE(MAX(part), 0) FROM " + table)
                .mapTo(Integer.class)
                .one();
    handle
        .createUpdate(
            "INSERT INTO "
                + table
                + " (part, run, name, about, bytes) VALUES (:part, :run, :name, :about, :bytes)")
        .bind("part", number)
        .bind("run", run)
        .bind("name", of.id().toString())
        .bind("about", json(about))
        .bind("bytes", bytes)
        .execute();
    return number;
  }

  /** A run's parts, in the order in which they were written. */
  public List<Part> of(Handle handle, String run) {
    return handle
        .createQuery("SELECT part, name, about FROM " + table + " WHERE run = :run ORDER BY part")
        .bind("run", run)
        .map((r, c) -> new Part(r.getInt(1), r.getString(2), about(r.getString(3))))
        .list();
  }

  /** Forgets these runs'. */
  public void forget(Handle handle, Collection<String> gone) {
    handle
        .createQuery("SELECT run, part FROM " + table + " WHERE run IS NOT NULL")
        .map((r, c) -> Map.entry(r.getString(1), r.getInt(2)))
        .list()
        .stream()
        .filter(part -> gone.contains(part.getKey()))
        .forEach(
            part ->
                handle
                    .createUpdate("DELETE FROM " + table + " WHERE part = :part")
                    .bind("part", part.getValue())
                    .execute());
  }

  private record Size(String run, long bytes) {}

  /** Forgets all but the latest runs'. */
  public void retain(Handle handle) {
    retain(handle, MOST_RUNS, MOST_BYTES);
  }

  void retain(Handle handle, int keep, long most) {
    List<Size> sizes =
        handle
            .createQuery(
                "SELECT b.run, SUM(b.bytes) FROM "
                    + table
                    + " AS b LEFT JOIN "
                    + runs
                    + " AS r ON r.id = b.run WHERE b.run IS NOT NULL GROUP BY b.run, r.started_at"
                    + " ORDER BY r.started_at DESC, MAX(b.part) DESC")
            .map((r, c) -> new Size(r.getString(1), r.getLong(2)))
            .list();
    List<String> beyond = new ArrayList<>();
    Set<String> kept = new HashSet<>();
    long bytes = 0;
    for (Size size : sizes) {
      bytes += size.bytes();
      if (!beyond.isEmpty() || kept.size() == keep || bytes > most) {
        beyond.add(size.run());
      } else {
        kept.add(size.run());
      }
    }
    forget(handle, beyond);
  }

  private static String json(About about) {
    try {
      return JSON.writeValueAsString(about);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What a part is made of can't be written as JSON", e);
    }
  }

  private static About about(String json) {
    try {
      return JSON.readValue(json, About.class);
    } catch (JsonProcessingException e) {
      throw SyncException.failed(
          "Reading what the ledger keeps of rows before a run failed: it is not readable",
          "Was the ledger changed by hand, or by a newer version of the tool?");
    }
  }
}
