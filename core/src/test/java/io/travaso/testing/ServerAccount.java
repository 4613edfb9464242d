package io.travaso.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who runs a server: PostgreSQL and MariaDB refuse to be root, so root hands them to the user their
 * packages make or, where that one does not exist, to {@code nobody}.
 *
 * @param prefix what to put before a command; empty for the user who runs the tests
 * @param owner the user when it is another one
 */
record ServerAccount(List<String> prefix, Optional<UserPrincipal> owner) {

  /**
   * The account of a server.
   *
   * @param usual the user that the server's package makes
   */
  static ServerAccount find(String usual) throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return new ServerAccount(List.of(), Optional.empty());
    }
    for (String name : List.of(usual, "nobody")) {
      Optional<UserPrincipal> user = lookup(name);
      if (user.isPresent()) {
        return new ServerAccount(prefixFor(name), user);
      }
    }
    throw new IllegalStateException(
        "The tests run as root, and there is neither a user " + usual + " nor nobody");
  }

  /** Gives the folder and what is in it to the account. */
  void own(Path folder) throws IOException {
    if (owner.isPresent()) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          if (!Files.isSymbolicLink(path)) {
            Files.setOwner(path, owner.get());
          }
        }
      }
    }
  }

  private static Optional<UserPrincipal> lookup(String name) throws IOException {
    try {
      return Optional.of(
          Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }

  private static List<String> prefixFor(String name) {
    for (String folder : List.of("/usr/bin", "/bin")) {
      if (Files.isExecutable(Path.of(folder, "setpriv"))) {
        String uid = Programs.run(List.of("id", "-u", name)).strip();
        String gid = Programs.run(List.of("id", "-g", name)).strip();
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
      }
    }
    return List.of("runuser", "-u", name, "--");
  }
}
