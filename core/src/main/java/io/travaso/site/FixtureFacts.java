package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.fixture.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a fixture on this machine is, by its manifest. The plan compares the file with it byte by
 * byte.
 */
public record FixtureFacts(String environment, String sha256, long records) {

  /**
   * Reads the manifest and compares the sizes.
   *
   * @throws SyncException if the fixture or its manifest is missing, or they don't belong together
   */
  public static FixtureFacts of(Path fixture) {
    if (!Files.isRegularFile(fixture)) {
      throw SyncException.configuration(
          "There is no fixture " + fixture, "Check the path after --input.");
    }
    Manifest manifest = Manifest.read(Manifest.beside(fixture));
    manifest.checkSize(fixture);
    return new FixtureFacts(manifest.environment(), manifest.sha256(), manifest.records());
  }
}
