package io.travaso.config;

import io.travaso.SyncException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the configuration as git finds a repository. */
public final class ConfigFinder {
  private static final String VARIABLE = "SYNC_CONFIG";
  private static final List<String> NAMES = List.of("sync-config/sync.yaml", "sync.yaml");

  private ConfigFinder() {}

  /**
   * The file that was given, else {@code $SYNC_CONFIG}, else {@code sync-config/sync.yaml} or
   * {@code sync.yaml} in the working directory or the nearest folder above it. None is a {@code
   * CONFIGURATION} error that lists where it was looked for.
   */
  public static Path find(Optional<String> given, Surroundings surroundings) {
    if (given.isPresent()) {
      return named(given.get(), "--config", surroundings);
    }
    String variable = surroundings.variable(VARIABLE);
    if (!variable.isEmpty()) {
      return named(variable, "$" + VARIABLE, surroundings);
    }
    List<String> tried = new ArrayList<>();
    Path folder = surroundings.directory();
    while (folder != null) {
      for (String name : NAMES) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          return file;
        }
        tried.add(file.toString());
      }
      folder = folder.getParent();
    }
    throw new SyncException(
        SyncException.Kind.CONFIGURATION,
        "no configuration in " + surroundings.directory() + " or above it",
        "sync init writes one; --config FILE or $" + VARIABLE + " names one that is elsewhere",
        tried);
  }

  private static Path named(String name, String source, Surroundings surroundings) {
    Path file = surroundings.resolve(name, surroundings.directory());
    if (Files.isDirectory(file)) {
      throw SyncException.configuration(
          "the configuration " + file + ", named by " + source + ", is a folder",
          "name the file: " + file.resolve("sync.yaml"));
    }
    if (!Files.exists(file)) {
      throw SyncException.configuration(
          "the configuration " + file + ", named by " + source + ", does not exist",
          "check the path, or write one with sync init");
    }
    return file;
  }
}
