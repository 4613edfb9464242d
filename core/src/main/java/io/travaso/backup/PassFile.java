package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Path;

/** A password for libpq, in a file of its own. */
final class PassFile implements AutoCloseable {
  private final PrivateFile file;

  private PassFile(PrivateFile file) {
    this.file = file;
  }

  static PassFile of(Secret password) throws IOException {
    return in(PrivateFile.temporary(), password);
  }

  static PassFile in(Path temporary, Secret password) throws IOException {
    return new PassFile(PrivateFile.write(temporary, "pgpass", line(password)));
  }

  Path path() {
    return file.path();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * One line for every connection: only one program ever reads it. PostgreSQL's manual, "The
   * Password File": a colon or backslash within a field is escaped with a backslash.
   */
  private static String line(Secret password) {
    String text = password.reveal();
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw SyncException.configuration(
          "the database's password has a line break, which PostgreSQL's password file can't hold",
          "see whether the secret's source ends in a stray line, or choose another password");
    }
    return "*:*:*:*:" + text.replace("\\", "\\\\").replace(":", "\\:") + "\n";
  }
}
