package io.travaso.backup;

import io.travaso.SyncException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a database's programs may be. */
final class ProgramFolders {
  private ProgramFolders() {}

  /** Folder and name pattern where packages and installers put programs, and what follows. */
  record Place(String folder, String pattern, String bin) {}

  /** The folders of PATH, and then those of the usual places that there are. */
  static Set<Path> usual(List<Place> places, String program) {
    Set<Path> folders = new LinkedHashSet<>();
    String path = System.getenv().getOrDefault("PATH", "");
    for (String entry : path.split(File.pathSeparator, -1)) {
      if (entry.startsWith("/")) {
        folders.add(Path.of(entry));
      }
    }
    for (Place place : places) {
      Path folder = Path.of(place.folder());
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> matches = Files.newDirectoryStream(folder, place.pattern())) {
          matches.forEach(match -> folders.add(match.resolve(place.bin())));
        } catch (IOException e) {
          throw new SyncException(
              SyncException.Kind.FAILED, "could not look for " + program + " in " + folder, "", e);
        }
      }
    }
    return folders;
  }
}
