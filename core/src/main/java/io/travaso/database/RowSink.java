package io.travaso.database;

import java.io.IOException;

/**
 * Takes rows in bulk text, one a call.
 *
 * <p>Bulk text is what PostgreSQL's {@code COPY … (FORMAT text)} and MariaDB's {@code LOAD DATA}
 * speak: UTF-8, values separated by a tab, {@code \N} for NULL, and a backslash before {@code b f n
 * r t v} and before itself for the characters that would be mistaken. See {@link BulkText}.
 */
@FunctionalInterface
public interface RowSink {

  /**
   * Takes one row, without its newline. The bytes belong to the caller and change after the call.
   *
   * @param buffer holds the row
   * @param offset where it begins
   * @param length how many bytes it has
   */
  void row(byte[] buffer, int offset, int length) throws IOException;
}
