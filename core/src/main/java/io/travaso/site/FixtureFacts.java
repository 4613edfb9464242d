package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.file.Sha256;
import io.travaso.fixture.FixtureNames;
import io.travaso.fixture.FixtureScan;
import io.travaso.fixture.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fixture on this machine is: by its manifest or, where it has none, by what is in it. The
 * plan compares the file with it byte by byte.
 *
 * @param environment where it was exported; null where there is no manifest to say so
 * @param models what it has records of; null where its manifest says so
 */
public record FixtureFacts(
    @Nullable String environment, String sha256, long records, @Nullable List<String> models) {

  /** What a fixture of unknown origin is called where a source's name is wanted. */
  private static final String NAMELESS = "fixture";

  public FixtureFacts {
    models = models == null ? null : List.copyOf(models);
  }

  /**
   * Reads the manifest and compares the sizes; a fixture without one is read to its end.
   *
   * @throws SyncException if the fixture is missing, is none, or does not belong to its manifest
   */
  public static FixtureFacts of(Path fixture) {
    if (!Files.isRegularFile(fixture)) {
      throw SyncException.configuration(
          "There is no fixture " + fixture, "Check the path after --input.");
    }
    Path beside = Manifest.beside(fixture);
    if (Files.notExists(beside) && !FixtureNames.isExport(fixture)) {
      return foreign(fixture);
    }
    Manifest manifest = Manifest.read(beside);
    manifest.checkSize(fixture);
    return new FixtureFacts(manifest.environment(), manifest.sha256(), manifest.records(), null);
  }

  private static FixtureFacts foreign(Path fixture) {
    String sha256 = sha256(fixture);
    Map<String, Long> counts = FixtureScan.of(fixture);
    long records = counts.values().stream().mapToLong(Long::longValue).sum();
    return new FixtureFacts(null, sha256, records, List.copyOf(counts.keySet()));
  }

  static String sha256(Path fixture) {
    try {
      return Sha256.of(fixture);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Reading fixture " + fixture + " failed: " + e,
          "Check that the file is there and may be read.",
          e);
    }
  }

  /** Whether it has no manifest, as Django's fixtures have none. */
  public boolean isForeign() {
    return models != null;
  }

  /** Where its rows come from, for people and the ledger. */
  public String source() {
    return environment == null ? NAMELESS : environment;
  }
}
