package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.fixture.Manifest;
import java.io.IOException;
import java.nio.file.Path;

/** A fixture that is kept under another name, with its manifest. */
public final class FixtureCopy {
  private FixtureCopy() {}

  /** Where the manifest of a fixture lies. */
  public static Path manifest(Path fixture) {
    return Manifest.beside(fixture);
  }

  /** Copies a fixture and its manifest, readable by their owner only. */
  public static void make(Path fixture, Path copy) {
    try {
      PartFile.copy(fixture, copy);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Copying the fixture to " + copy + " failed: " + PartFile.reason(e),
          "Look at the disk and the folder's permissions.",
          e);
    }
    Manifest.read(manifest(fixture)).named(copy).write(manifest(copy));
  }
}
