package io.travaso.backup;

import io.travaso.Secret;
import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A variable for a program in a container, in a file for {@code docker exec --env-file}, which
 * takes a value as it stands, up to the line's end.
 */
final class EnvFile {
  private EnvFile() {}

  static PrivateFile of(String variable, Secret password) throws IOException {
    return in(PrivateFile.temporary(), variable, password);
  }

  static PrivateFile in(Path temporary, String variable, Secret password) throws IOException {
    String text = password.reveal();
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw SyncException.configuration(
          "the database's password has a line break, which Docker's environment files can't hold",
          "see whether the secret's source ends in a stray line, or choose another password");
    }
    return PrivateFile.write(temporary, "env", variable + "=" + text + "\n");
  }
}
