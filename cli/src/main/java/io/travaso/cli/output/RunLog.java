package io.travaso.cli.output;

import io.travaso.Finding;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log file: one line for whatever happens, in English, each with its time and the run's id. It
 * is made at the first line, readable by its owner alone. Where it can't be written the run goes
 * on: a log is not worth a sync.
 */
public final class RunLog implements Observer, AutoCloseable {
  private final Path file;
  private final String runId;
  private final Clock clock;
  private final Messages english;
  private final Consumer<String> warn;
  private @Nullable SeekableByteChannel channel;
  private boolean broken;

  /**
   * @param english texts in English, whatever the user's language is
   * @param warn hears, once, that the file can't be written, and why
   */
  public RunLog(Path file, String runId, Clock clock, Messages english, Consumer<String> warn) {
    this.file = file;
    this.runId = runId;
    this.clock = clock;
    this.english = english;
    this.warn = warn;
  }

  public Path file() {
    return file;
  }

  /** Whether the file takes what is written. */
  public boolean isWritten() {
    return channel != null && !broken;
  }

  @Override
  public void begins(Step step) {
    write(step, "begins");
  }

  @Override
  public void done(Step step, Note note) {
    write(step, "done: " + english.text(note));
  }

  @Override
  public void skipped(Step step, Note reason) {
    write(step, english.text("step.skipped", english.text(reason)));
  }

  private void write(Step step, String text) {
    write(step.number() + "/" + Step.values().length + " " + english.step(step) + " " + text);
  }

  @Override
  public void found(Finding finding) {
    write(english.text("warning") + " " + finding.line());
  }

  @Override
  public void planned(SyncReport report) {
    new Preview(english, Style.PLAIN, 0).lines(report).forEach(this::write);
  }

  @Override
  public void tells(Note note) {
    write(english.text(note));
  }

  @Override
  public void tells(String line) {
    write(line);
  }

  @Override
  public void at(String work, long done, long total) {
    // How far work has come is of interest only while it lasts.
  }

  /** A command that failed, with all its details. */
  public void failed(Failure failure) {
    write(english.text("error." + failure.exitCode().key()) + " " + failure.what());
    failure.details().forEach(detail -> write("  - " + detail));
    if (!failure.hint().isEmpty()) {
      write("  -> " + failure.hint());
    }
  }

  /** The stack trace of something that should not have happened. */
  public void trace(Throwable bug) {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    write(trace.toString());
  }

  /** Writes a text, each line of it with time and run. */
  public void write(String text) {
    if (broken) {
      return;
    }
    String prefix = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + runId + " ";
    StringBuilder lines = new StringBuilder();
    text.lines().forEach(line -> lines.append(prefix).append(line).append('\n'));
    try {
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
      SeekableByteChannel open = open();
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
    } catch (IOException e) {
      broken = true;
      warn.accept(english.text("log.broken", file, String.valueOf(e.getMessage())));
    }
  }

  private SeekableByteChannel open() throws IOException {
    SeekableByteChannel open = channel;
    if (open == null) {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      open =
          Files.newByteChannel(
              file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), ownerOnly());
      channel = open;
    }
    return open;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      warn.accept(english.text("log.broken", file, String.valueOf(e.getMessage())));
    }
  }
}
