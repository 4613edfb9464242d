package io.travaso.database;

import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What cloning a whole database asks an engine beyond what moving rows of a set does. */
public interface CloneSql {

  /**
   * Where a sequence stands.
   *
   * @param value in the engine's own words
   * @param called whether that value was given already
   */
  record SequencePlace(String schema, String name, String value, boolean called) {}

  /**
   * The name by which other sessions, and the engine's own programs, see what the snapshot of this
   * session sees; empty where an engine has no such thing.
   */
  Optional<String> exportSnapshot(Handle session);

  /** The tables that belong to an extension: it makes them, and fills them, by itself. */
  Set<TableId> extensionTables(Handle session);

  /** The extensions that the database has, beyond those that every new one has. */
  List<String> extensions(Handle session);

  /** Which of these extensions this server does not offer. */
  List<String> unavailable(Handle session, List<String> extensions);

  /** The folder on the server's host where databases stand; empty where that is not told. */
  Optional<String> dataDirectory(Handle session);

  /** What can't be cloned at all, in words: accounts of other servers, for one. */
  List<String> obstacles(Handle session);

  /** What is not as the rows alone make it: what has to be done again over there, in words. */
  List<String> notes(Handle session);

  /**
   * Sends all rows of a table in no order, each value as it stands.
   *
   * @return the number of rows
   */
  long copy(Handle session, SyncTable table, RowSink rows);

  /** Prepares a session for loading rows whose foreign keys are proven afterwards. */
  List<String> loadSession();

  /** Begins a load straight into a table; the values in the order of {@link SyncTable#slots}. */
  BulkLoad load(Handle session, SyncTable table);

  /** Inserts the rows of a temporary table that {@link MergeSql#resolve} made. */
  String insertStaged(SyncTable table, String staging);

  List<SequencePlace> sequences(Handle session);

  /** A statement that puts a sequence where it stood. */
  String place(SequencePlace place);

  /**
   * Puts a sequence at least as far as another one stood, in the direction it moves.
   *
   * @param other where the one of the same name stood in another database
   */
  void advance(Handle session, SequencePlace other);

  /** Materialised views with rows in them. */
  List<TableId> filledViews(Handle session);

  /** Statements that fill materialised views, those first that others are made of. */
  List<String> fill(Handle session, List<TableId> views);

  /** Rights that others have on single things in a database, as statements. */
  List<String> grants(Handle session);

  /** Of another database's, those that can be given here. */
  List<String> grantable(Handle session, List<String> grants);

  /**
   * A query for rows that reference none: what they are recognised by, and the referencing values.
   */
  String orphans(Table child, ForeignKey key, int limit);

  /** Whether foreign keys have to be proven by {@link #orphans}, since the engine does not. */
  boolean provesForeignKeys();
}
