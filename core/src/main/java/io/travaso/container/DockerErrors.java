package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.host.CommandResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What docker and docker-compose write when they fail, in words that say what to do. */
final class DockerErrors {
  private static final int SHOWN_LINES = 20;
  private static final int NOT_FOUND = 127;

  /** Compose quotes the value it could not read, which may be a password. */
  private static final Pattern QUOTED_VALUE =
      Pattern.compile("(?i)(interpolation|substitution|variable)(.*?)([:=]\\s*)(\".*|'.*|\\{.*)$");

  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "permission denied.*(daemon socket|docker api|docker\\.sock)|permissionerror\\(13");

  private static final Pattern SILENT =
      Pattern.compile(
          "cannot connect to the docker daemon|couldn't connect to docker daemon"
              + "|error while fetching server api version");

  private DockerErrors() {}

  /** The failure of a command: the engine's own, or else with the end of what it wrote. */
  static SyncException of(String what, String host, CommandResult result) {
    return engine(host, result)
        .orElseGet(
            () ->
                new SyncException(
                    SyncException.Kind.HOST,
                    "could not " + what + " on " + host + ": exit status " + result.exitStatus(),
                    hint(result.errors()),
                    lines(result)));
  }

  /** The failures that say that there is no engine to speak with. */
  static Optional<SyncException> engine(String host, CommandResult result) {
    String errors = result.errors().toLowerCase(Locale.ROOT);
    if (result.exitStatus() == NOT_FOUND && errors.startsWith("docker: not found")) {
      return Optional.of(
          SyncException.host(
              "there is no docker program on " + host,
              "install Docker there, or take container out of the configuration"));
    }
    if (FORBIDDEN.matcher(errors).find()) {
      return Optional.of(
          SyncException.host(
              "this user may not speak to the Docker Engine on " + host,
              "add it to the group docker (sudo usermod -aG docker USER) and log in again"));
    }
    if (SILENT.matcher(errors).find()) {
      return Optional.of(
          SyncException.host(
              "the Docker Engine on " + host + " does not answer",
              "start it (sudo systemctl start docker), or see DOCKER_HOST"));
    }
    return Optional.empty();
  }

  /** The end of what a command wrote to standard error, without values of variables. */
  static List<String> lines(CommandResult result) {
    List<String> lines = result.errorLines();
    return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream()
        .map(line -> QUOTED_VALUE.matcher(line).replaceFirst("$1$2$3…"))
        .toList();
  }

  private static String hint(String errors) {
    String text = errors.toLowerCase(Locale.ROOT);
    if (text.contains("no space left on device")) {
      return "make room on that host";
    }
    if (text.contains("port is already allocated") || text.contains("address already in use")) {
      return "another program has the port: stop it, or publish another one";
    }
    if (text.contains("pull access denied")
        || text.contains("manifest unknown")
        || text.contains("manifest for")
        || text.contains("not found: manifest")) {
      return "see the image's name and tag, and docker login for a private registry";
    }
    if (text.contains("no such host") || text.contains("i/o timeout")) {
      return "see that host's connection to the registry";
    }
    return "";
  }
}
