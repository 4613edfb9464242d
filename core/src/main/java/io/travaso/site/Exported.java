package io.travaso.site;

import io.travaso.fixture.Manifest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A fixture that was exported.
 *
 * @param file its path on the host it was exported on
 * @param records how many records it has
 * @param digests the file beside it with the digests of rows to remember, on the same host; null
 *     where none were asked for, or the last agreement has them all
 * @param fresh whether any of them is of a row that is not as it was agreed on
 * @param heldBack how many rows are not in it because the other side has them alike
 */
public record Exported(
    String file,
    String manifest,
    String sha256,
    long bytes,
    long records,
    @Nullable String digests,
    boolean fresh,
    long heldBack) {

  /** A fixture that nobody remembers. */
  public Exported(String file, String manifest, String sha256, long bytes, long records) {
    this(file, manifest, sha256, bytes, records, null, false, 0);
  }

  /** The same, in another place. */
  public Exported at(Path fixture) {
    return new Exported(
        fixture.toString(),
        Manifest.beside(fixture).toString(),
        sha256,
        bytes,
        records,
        digests,
        fresh,
        heldBack);
  }
}
