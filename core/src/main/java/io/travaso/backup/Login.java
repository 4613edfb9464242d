package io.travaso.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a program connects, without a secret where others could see one.
 *
 * @param arguments what the program is told: libpq's {@code --dbname=…}, or MariaDB's options,
 *     which come first
 * @param variables of its environment, none of them a secret
 * @param envFile lines for its environment, in a file of ours; null for none
 * @param file what holds the secret, deleted when this is closed; null for none
 */
record Login(
    List<String> arguments,
    Map<String, String> variables,
    @Nullable Path envFile,
    @Nullable AutoCloseableFile file)
    implements AutoCloseable {

  static final Login NONE = new Login(List.of(), Map.of(), null, null);

  /** A file that lives as long as the program. */
  interface AutoCloseableFile {
    void close() throws IOException;
  }

  Login {
    arguments = List.copyOf(arguments);
    variables = Map.copyOf(variables);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
