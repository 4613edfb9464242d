package io.travaso.cli.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a secret where it must not be. */
final class Secrets {
  private Secrets() {}

  /** The files below a folder that hold it as it is. */
  static List<Path> filesWith(String secret, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (text(file).contains(secret)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** What all processes of this machine were started with, as {@code ps} shows it. */
  static List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.toList()) {
        if (process.getFileName().toString().matches("\\d+")) {
          lines.add(text(process.resolve("cmdline")).replace('\0', ' '));
        }
      }
    }
    return lines;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (NoSuchFileException e) {
      // A process that has ended meanwhile, or a file that was removed.
      return "";
    }
  }
}
