package io.travaso.traps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own folder. */
final class Project {
  private Project() {}

  static Path folder() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("CHANGELOG.md"))) {
        return folder;
      }
    }
    throw new IllegalStateException("No project around " + start);
  }

  static String read(String file) {
    try {
      return Files.readString(folder().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
