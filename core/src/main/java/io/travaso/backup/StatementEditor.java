package io.travaso.backup;

import java.io.IOException;

/** Edits a dump's statements on their way, but for the rows. */
interface StatementEditor {

  /**
   * What is to stand in a statement's place.
   *
   * @param statement each of its bytes as one character, for bodies can be in any encoding
   * @param delimiter what ends it
   * @return the same text to leave it; an empty one to take it out
   */
  String edit(String statement, String delimiter) throws IOException;
}
