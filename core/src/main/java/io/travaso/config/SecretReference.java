package io.travaso.config;

import java.util.List;

/**
 * Where a secret is found, on the host that needs it. Relative files start at the project's folder
 * on that host, and {@code ~} is the home there.
 */
public sealed interface SecretReference {

  /** No secret is given: for a database {@code ~/.pgpass} has it, for a key there is none. */
  record None() implements SecretReference {}

  /** The value of an environment variable. */
  record FromEnv(String variable) implements SecretReference {}

  /** The content of a file, without the newline at its end. */
  record FromFile(String file) implements SecretReference {}

  /** The value of a key in a {@code .env} file. */
  record FromDotenv(String file, String key) implements SecretReference {}

  /** What a command prints, without the newline at its end; it is run without a shell. */
  record FromCommand(List<String> command) implements SecretReference {
    public FromCommand {
      command = List.copyOf(command);
    }
  }
}
