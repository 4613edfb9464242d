package io.travaso.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.database.HorizonSql.Horizon;
import io.travaso.file.PartFile;
import io.travaso.file.Sha256;
import io.travaso.filter.DigestFile;
import io.travaso.filter.RowDigests;
import io.travaso.table.TableId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Digests that stay on this machine from run to run, in a folder beside the fixtures. None of them
 * is needed: what is missing is digested again.
 *
 * <p>Digests of rows hold only for a database that has the mark which was put into it after they
 * were taken: one that was brought back to an earlier time does not.
 */
final class KeptDigests implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration OLD = Duration.ofDays(60);

  /** What a run that was killed left behind. */
  private static final Duration UNFINISHED = Duration.ofDays(1);

  private static final String ROWS = "rows";
  private static final String ENTRIES = "entries";
  private static final String ENDING = ".digests";
  private static final String PART = ".part";
  private static final Pattern OURS =
      Pattern.compile(
          "("
              + ROWS
              + "|"
              + ENTRIES
              + ")-[0-9a-f]{32}\\"
              + ENDING
              + "|[0-9a-f-]{36}(\\"
              + PART
              + ")?");

  private final Path folder;
  private final String environment;
  private final Clock clock;
  private final Map<Path, Path> unmarked = new LinkedHashMap<>();
  private final String mark = UUID.randomUUID().toString();

  KeptDigests(Path exports, String environment, Clock clock) {
    this.folder = exports.resolve(".digests");
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * What digests of rows are of.
   *
   * @param word how they were made
   * @param table what table they are of, as a hash
   * @param position the horizon of the snapshot they were taken in
   * @param mark what was put into the database afterwards
   */
  record OfRows(String word, String table, long position, String mark) {
    OfRows {
      Objects.requireNonNull(word);
      Objects.requireNonNull(table);
      Objects.requireNonNull(mark);
    }
  }

  /**
   * What digests of a baseline's entries are of.
   *
   * @param word how they were made, and of which columns
   * @param run the run that ended in the agreement with that number
   */
  record OfEntries(String word, int baseline, int number, String run) {
    OfEntries {
      Objects.requireNonNull(word);
      Objects.requireNonNull(run);
    }
  }

  /** A file, and what it is of. */
  record Kept<T>(T of, DigestFile file) {}

  /** What is kept of a table's rows. */
  Optional<Kept<OfRows>> rows(TableId table, Progress progress) {
    return find(place(ROWS, table.toString()), OfRows.class, progress);
  }

  /** What is kept of the entries of a table's baseline with another environment. */
  Optional<Kept<OfEntries>> entries(TableId table, String peer, Progress progress) {
    return find(place(ENTRIES, peer + '\0' + table), OfEntries.class, progress);
  }

  private <T> Optional<Kept<T>> find(Path file, Class<T> type, Progress progress) {
    try {
      DigestFile found = DigestFile.open(file).orElse(null);
      @Nullable T of = found == null ? null : JSON.readValue(found.of(), type);
      return found == null || of == null ? Optional.empty() : Optional.of(new Kept<>(of, found));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      progress.tells(
          "The digests kept in %s can't be read (%s); all are taken again"
              .formatted(file, PartFile.reason(e)));
      return Optional.empty();
    }
  }

  private Path place(String what, String name) {
    byte[] named = (environment + '\0' + what + '\0' + name).getBytes(StandardCharsets.UTF_8);
    return folder.resolve(what + "-" + Sha256.of(named).substring(0, 32) + ENDING);
  }

  /** Keeps the digests of rows, as soon as {@link #mark} put the mark into their database. */
  void keep(TableId table, String word, Horizon taken, RowDigests digests) throws IOException {
    Path place = place(ROWS, table.toString());
    Path part = write(new OfRows(word, hash(taken.table()), taken.position(), mark), digests);
    Path before = unmarked.put(place, part);
    if (before != null) {
      Files.deleteIfExists(before);
    }
  }

  /** Keeps the digests of entries, which are what they are for ever. */
  void keep(TableId table, String peer, OfEntries of, RowDigests digests) throws IOException {
    Path place = place(ENTRIES, peer + '\0' + table);
    settle(write(of, digests), place);
  }

  /** A place for what this run alone needs, and removes: here, or where temporary files are. */
  Path temporary() {
    try {
      makeFolder();
      if (Files.isWritable(folder)) {
        return folder.resolve(UUID.randomUUID().toString());
      }
    } catch (IOException e) {
      // Nothing can be kept here, which is told when that is tried.
    }
    try {
      return Files.createTempFile("travaso-digests-", null);
    } catch (IOException e) {
      throw SyncException.failed(
          "Making a temporary file failed: " + PartFile.reason(e),
          "Look at the disk and the folder that temporary files are written to.");
    }
  }

  private void makeFolder() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What there is no room for leaves the room to others. */
  private Path write(Object of, RowDigests digests) throws IOException {
    makeFolder();
    Path part = folder.resolve(UUID.randomUUID() + PART);
    try {
      DigestFile.write(part, JSON.writeValueAsString(of), digests);
      return part;
    } catch (IOException e) {
      Files.deleteIfExists(part);
      close();
      throw e;
    }
  }

  private static void settle(Path part, Path place) throws IOException {
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Puts the mark into the database, after which what was taken of its rows holds. */
  void mark(Database database) {
    if (unmarked.isEmpty()) {
      return;
    }
    database.inTransaction(
        "Marking " + database.name() + " as digested",
        transaction -> {
          database.dialect().horizons().orElseThrow().mark(transaction, mark);
          return true;
        });
    try {
      for (Map.Entry<Path, Path> entry : unmarked.entrySet()) {
        settle(entry.getValue(), entry.getKey());
      }
      unmarked.clear();
      removeOld();
    } catch (IOException e) {
      throw failure("Keeping digests", e);
    }
  }

  private void removeOld() throws IOException {
    Instant now = clock.instant();
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    for (Path file : files) {
      removeOld(file, now);
    }
  }

  /** Whatever else lies there is not ours. */
  private static void removeOld(Path file, Instant now) throws IOException {
    Matcher ours = OURS.matcher(file.getFileName().toString());
    if (!ours.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Duration kept = ours.group(1) == null ? UNFINISHED : OLD;
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(kept))) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      // Another sync removed it meanwhile.
      return;
    }
  }

  private SyncException failure(String doing, IOException e) {
    return new SyncException(
        SyncException.Kind.FAILED,
        "%s in %s failed: %s".formatted(doing, folder, PartFile.reason(e)),
        "Look at the disk and the folder's permissions; nothing in it is needed.",
        e);
  }

  @Override
  public void close() {
    List<Path> parts = new ArrayList<>(unmarked.values());
    unmarked.clear();
    try {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failure("Removing digests that hold for nothing", e);
    }
  }
}
