package io.travaso.pipeline;

import io.travaso.SyncException;
import io.travaso.config.DecisionEntry;
import io.travaso.config.DecisionsReader;
import io.travaso.config.Direction;
import io.travaso.file.PartFile;
import io.travaso.merge.Conflict;
import io.travaso.merge.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The file in which somebody settles conflicts, one by one. */
public final class DecisionsFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
  private static final int PRIVATE = 0600;

  private DecisionsFile() {}

  /**
   * Reads what was decided.
   *
   * @param direction which way the run goes
   * @throws SyncException with all that is wrong, by line
   */
  public static List<Decision> read(Path file, Direction direction) {
    return DecisionsReader.read(file, direction).stream().map(DecisionsFile::decision).toList();
  }

  private static Decision decision(DecisionEntry entry) {
    return new Decision(
        entry.table(),
        entry.key(),
        entry.column(),
        entry.takesSource() ? Decision.Side.SOURCE : Decision.Side.TARGET,
        entry.seen());
  }

  /** A name that nobody has, among the exports. */
  static Path next(Path directory, Direction direction, Clock clock) {
    String name = "decisions_" + direction.command() + "_" + TIME.format(LocalDateTime.now(clock));
    Path file = directory.resolve(name + ".yaml");
    for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
      file = directory.resolve(name + "_" + i + ".yaml");
    }
    return file;
  }

  /** Refuses to take the place of what is there: somebody may have decided in it. */
  static void requireFree(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw SyncException.configuration(
          file + " is there already; it stays as it is",
          "Name another file, or say --force-overwrite to replace it.");
    }
  }

  /** Writes the conflicts of a plan, each to be decided. */
  static void write(Path file, Direction direction, List<Conflict> conflicts) {
    byte[] text = text(file, direction, conflicts).getBytes(StandardCharsets.UTF_8);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        PartFile.makeDirectories(folder);
      }
      PartFile.write(file, PRIVATE, out -> out.write(text));
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Writing the decisions " + file + " failed: " + PartFile.reason(e),
          "Name another file with --output.",
          e);
    }
  }

  static String text(Path file, Direction direction, List<Conflict> conflicts) {
    StringBuilder text = new StringBuilder(header(file, direction));
    text.append("direction: ").append(direction.command()).append('\n');
    text.append(conflicts.isEmpty() ? "conflicts: []\n" : "conflicts:\n");
    for (Conflict conflict : conflicts) {
      entry(text, direction, conflict);
    }
    return text.toString();
  }

  private static String header(Path file, Direction direction) {
    return """
    # What %1$s and %2$s both changed since they last agreed, written by `sync resolve %3$s`.
    # Write behind every `take:` whose it is to be: %1$s or %2$s (or source, target). Leave the rest as it is.
    #   changed_on_both    %1$s: its value goes to %2$s; %2$s: its own stays
    #   deleted_in_source  %1$s: the row is deleted in %2$s; %2$s: the row stays, as %2$s changed it
    #   deleted_in_target  %1$s: the row comes back to %2$s as %1$s changed it; %2$s: it stays deleted
    #   new_on_both        two rows under one key. %1$s: its row replaces that of %2$s; %2$s: its own stays. To
    #                      keep both, give one of them another key: `sync renumber %1$s TABLE KEY`, and resolve anew
    # Then: sync %3$s --decisions %4$s, and the other options that resolve was given
    # `seen` says what a row was like: where one has moved on since, nothing is written.
    """
        .formatted(
            direction.source(),
            direction.target(),
            direction.command(),
            String.valueOf(file.getFileName()).replaceAll("\\p{Cntrl}", "?"));
  }

  private static void entry(StringBuilder text, Direction direction, Conflict conflict) {
    String label = conflict.label().equals(conflict.table()) ? "" : conflict.label();
    text.append("  - ")
        .append(Yaml.commented("table: " + Yaml.quoted(conflict.table()), label))
        .append('\n');
    line(text, "key", conflict.key());
    if (conflict.column() != null) {
      line(text, "column", conflict.column());
    }
    text.append("    kind: ").append(conflict.kind().name().toLowerCase(Locale.ROOT)).append('\n');
    if (conflict.source() != null || conflict.target() != null || conflict.column() != null) {
      line(text, direction.source(), conflict.source());
      line(text, direction.target(), conflict.target());
    }
    text.append("    ").append(DecisionsReader.TAKE).append(": \n");
    line(text, "seen", conflict.seen());
  }

  private static void line(StringBuilder text, String key, @Nullable String value) {
    text.append("    ")
        .append(key)
        .append(": ")
        .append(value == null ? "null" : Yaml.quoted(value))
        .append('\n');
  }
}
