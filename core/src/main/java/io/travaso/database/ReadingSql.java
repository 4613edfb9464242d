package io.travaso.database;

import io.travaso.SyncException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What an engine has for reading gently, and for reading from a standby. */
public interface ReadingSql {

  /**
   * The statements that make a session read gently.
   *
   * @param statementTimeout how long a statement may take; zero for as long as it takes
   * @param jobs how many processors the server gives it at most
   */
  List<String> gently(Duration statementTimeout, int jobs);

  /** The statements that keep a session from having more processors at once than so many. */
  List<String> bounded(int jobs);

  /**
   * The statements after which a session digests rows by several processors at once, where the
   * table is large enough for it to pay.
   *
   * @param jobs how many processors the server gives it at most; with 1 it has its own alone
   */
  List<String> digesting(int jobs);

  /**
   * Makes sure that a server follows another, and holds the same database.
   *
   * @throws SyncException if it does not, with what to do
   */
  void requireStandby(Handle primary, Handle standby);

  /**
   * How far the primary is: whatever was committed before is in a standby that {@link #reached} it.
   */
  String position(Handle primary);

  /** Whether a standby has all that was committed up to there. */
  boolean reached(Handle standby, String position);

  /** How far a standby is, for messages. */
  String reachedPosition(Handle standby);

  /** Whether a standby gave up a query in favour of what it had to follow. */
  boolean isConflict(SyncException failure);

  /** What to do about {@link #isConflict}. */
  String conflictHint();

  /** Whether a statement took longer than {@link #gently} said. */
  boolean isTimeout(SyncException failure);
}
