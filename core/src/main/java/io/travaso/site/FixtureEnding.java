package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.fixture.Format;
import io.travaso.fixture.Notation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the name of a fixture to be written ends, which says how it is written. */
public final class FixtureEnding {
  private FixtureEnding() {}

  /**
   * The ending of a name, or of the one that will be found where none is given.
   *
   * @param format {@code json} or {@code jsonl}, where it is asked for
   * @param indent spaces a level of JSON
   * @throws SyncException if name, format and indent don't go together
   */
  public static String of(@Nullable Path output, @Nullable String format, int indent) {
    Path named = output == null ? Path.of("." + (format == null ? "json" : format)) : output;
    Format asked = Format.of(named, indent);
    Notation notation = asked.notation();
    if (format != null && !notation.ending().equals("." + format)) {
      throw SyncException.configuration(
          "The name "
              + named.getFileName()
              + " and the format "
              + format
              + " contradict each other",
          "Leave --format out, or end the name with ." + format + ".");
    }
    return asked.ending();
  }
}
