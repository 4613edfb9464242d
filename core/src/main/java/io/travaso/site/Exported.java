package io.travaso.site;

import io.travaso.fixture.Manifest;
import java.nio.file.Path;

/**
 * A fixture that was exported.
 *
 * @param file its path on the host it was exported on
 * @param records how many records it has
 */
public record Exported(String file, String manifest, String sha256, long bytes, long records) {

  /** The same, in another place. */
  public Exported at(Path fixture) {
    return new Exported(
        fixture.toString(), Manifest.beside(fixture).toString(), sha256, bytes, records);
  }
}
