package io.travaso.backup;

import java.io.IOException;
import java.util.List;

/** Takes what a dump's script holds, in its order. */
interface DumpedRows {

  /** A table there is. */
  void table(DumpedTable table) throws IOException;

  /**
   * An INSERT into a table.
   *
   * @return whether its rows are wanted
   */
  boolean insert(DumpedTable table, List<String> columns) throws IOException;

  /**
   * A row of the INSERT.
   *
   * @param script holds it, from {@link ScriptBytes#keptAt} on
   * @param bounds where each value, as SQL has it, begins and ends, counted from there
   */
  void row(ScriptBytes script, int[] bounds) throws IOException;

  /** The table whose rows came last has no more. */
  void end() throws IOException;
}
