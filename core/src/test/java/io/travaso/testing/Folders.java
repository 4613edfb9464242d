package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where programs may be. */
final class Folders {

  private Folders() {}

  /** What of a folder has a name like this; nothing where there is no such folder. */
  static List<Path> list(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
        entries.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  /** The jars that the build has put into a folder of the core's. */
  static List<Path> fetched(String name) {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      Path jars = p.resolve("core/target").resolve(name);
      if (Files.isDirectory(jars)) {
        return list(jars, "*.jar");
      }
    }
    return List.of();
  }

  /**
   * The folders for programs, those on the path last.
   *
   * @param places folder and name pattern of the places where packages put a server
   * @param inside the folder in each
   */
  static Set<Path> programs(List<List<String>> places, String inside) {
    Set<Path> folders = new LinkedHashSet<>();
    for (List<String> place : places) {
      list(Path.of(place.get(0)), place.get(1)).forEach(f -> folders.add(f.resolve(inside)));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Arrays.stream(path.split(java.io.File.pathSeparator))
        .filter(entry -> !entry.isBlank())
        .forEach(entry -> folders.add(Path.of(entry)));
    return folders;
  }
}
