package io.travaso.config;

import io.travaso.Secret;
import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches secrets, on the host that needs them. Errors name where a secret was looked for, never
 * what was found.
 */
public final class SecretResolver {
  private final Surroundings surroundings;
  private final Path root;

  /**
   * A resolver for this host.
   *
   * @param root where relative files start: {@link SyncConfig#root}
   */
  public SecretResolver(Surroundings surroundings, Path root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  /**
   * The secret that is referred to; empty for {@link SecretReference.None}. One that is not there,
   * or is empty, is a {@code CONFIGURATION} error.
   */
  public Optional<Secret> resolve(SecretReference reference) {
    if (reference instanceof SecretReference.FromEnv from) {
      return Optional.of(fromEnv(from));
    } else if (reference instanceof SecretReference.FromFile from) {
      Path file = path(from.file());
      return Optional.of(secret(withoutNewline(text(file)), "the secret in " + file));
    } else if (reference instanceof SecretReference.FromDotenv from) {
      return Optional.of(fromDotenv(from));
    } else if (reference instanceof SecretReference.FromCommand from) {
      String what = "the secret of the command " + from.command().get(0);
      return Optional.of(secret(withoutNewline(SecretCommand.run(from.command(), root)), what));
    }
    return Optional.empty();
  }

  /** What is careless about where a secret is kept: a file that others can read. */
  public List<String> warnings(SecretReference reference) {
    if (reference instanceof SecretReference.FromFile from) {
      return warnings(path(from.file()));
    } else if (reference instanceof SecretReference.FromDotenv from) {
      return warnings(path(from.file()));
    }
    return List.of();
  }

  private static List<String> warnings(Path file) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || !Files.exists(file)) {
      return List.of();
    }
    try {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      boolean open =
          permissions.contains(PosixFilePermission.GROUP_READ)
              || permissions.contains(PosixFilePermission.OTHERS_READ);
      String shown = PosixFilePermissions.toString(permissions);
      return open
          ? List.of(file + " holds a secret and others can read it (" + shown + "): chmod 600")
          : List.of();
    } catch (IOException e) {
      return List.of(file + " holds a secret, and who can read it is unknown: " + e.getMessage());
    }
  }

  private Path path(String written) {
    return surroundings.resolve(written, root);
  }

  private static String text(Path file) {
    return ConfigFile.text("the secret's file", file);
  }

  private Secret fromEnv(SecretReference.FromEnv from) {
    String value = surroundings.variables().get(from.variable());
    if (value == null) {
      throw SyncException.configuration(
          "the environment variable " + from.variable() + " is not set",
          "set it for the user who runs this, or refer to the secret in another way");
    }
    return secret(value, "the environment variable " + from.variable());
  }

  private Secret fromDotenv(SecretReference.FromDotenv from) {
    Path file = path(from.file());
    String value =
        Dotenv.value(text(file), from.key())
            .orElseThrow(
                () ->
                    SyncException.configuration(
                        "there is no " + from.key() + " in " + file,
                        "check the key of the secret"));
    return secret(value, from.key() + " in " + file);
  }

  private static String withoutNewline(String text) {
    String end = text.endsWith("\r\n") ? "\r\n" : "\n";
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }

  private static Secret secret(String text, String what) {
    if (text.isEmpty()) {
      throw SyncException.configuration(what + " is empty", "give it a value");
    }
    // Neither PostgreSQL nor a passfile can carry these.
    if (text.indexOf('\0') >= 0 || text.indexOf('\n') >= 0) {
      throw SyncException.configuration(
          what + " has more than one line, or a NUL", "keep the secret alone, on one line");
    }
    return new Secret(text);
  }
}
