package io.travaso.cloning;

import java.util.List;

/**
 * What a clone would take from a source.
 *
 * @param major as {@link io.travaso.database.ServerFacts#major} has it
 * @param databaseBytes the source's size on disk
 * @param fingerprint of the configuration, which the target must share
 * @param extensions that the target must be able to make
 * @param notes what is worth knowing before it is done, for people
 */
public record CloneSource(
    String environment,
    String engine,
    String version,
    int major,
    long databaseBytes,
    String fingerprint,
    List<CloneTable> tables,
    List<String> extensions,
    List<String> notes) {

  public CloneSource {
    tables = List.copyOf(tables);
    extensions = List.copyOf(extensions);
    notes = List.copyOf(notes);
  }

  /** How many rows go. */
  public long rows() {
    return tables.stream().mapToLong(CloneTable::rows).sum();
  }

  /** How many columns are masked. */
  public long maskedColumns() {
    return tables.stream().mapToLong(t -> t.masked().size()).sum();
  }
}
