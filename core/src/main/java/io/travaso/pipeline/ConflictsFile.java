package io.travaso.pipeline;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.SyncException;
import io.travaso.file.PartFile;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes conflicts down beside the exports: all of them, for who has to look at each. */
public final class ConflictsFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
  private static final int PRIVATE = 0600;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final Clock clock;

  /**
   * Nothing is written yet.
   *
   * @param directory the folder of the exports on this machine
   */
  public ConflictsFile(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  private record Content(
      String command, String runId, String source, String target, List<ConflictInfo> conflicts) {}

  /** Writes a run's conflicts. */
  Path write(SyncReport report) {
    Path file = next();
    Content content =
        new Content(
            report.command(), report.runId(), report.source(), report.target(), report.conflicts());
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      PartFile.makeDirectories(directory);
      byte[] bytes = JSON.writer(lines).writeValueAsBytes(content);
      PartFile.write(file, PRIVATE, out -> out.write(bytes));
      return file;
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "There are conflicts, nothing was written, and writing them down in "
              + file
              + " failed: "
              + PartFile.reason(e),
          "Name another folder under `exports`.",
          e);
    }
  }

  private Path next() {
    String name = "conflicts_" + TIME.format(LocalDateTime.now(clock));
    Path file = directory.resolve(name + ".json");
    for (int i = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS); i++) {
      file = directory.resolve(name + "_" + i + ".json");
    }
    return file;
  }
}
