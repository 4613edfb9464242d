package io.travaso.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Progress;
import io.travaso.config.OnConflict;
import io.travaso.filter.DigestFile;
import io.travaso.filter.Question;
import io.travaso.filter.RowDigests;
import io.travaso.site.DigestedTable;
import io.travaso.site.Requests;
import io.travaso.site.Requests.Role;
import io.travaso.site.Site;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests that were kept, and what was written since, come to what the database says now. */
class KeptDigestsIT {
  private static final String TABLE = "public.person";
  private static final int ROWS = 400;

  @TempDir Path folder;
  private int fresh;

  private Twins agreed(Engine engine) {
    return Twins.agreedOnPeople(engine, folder, ROWS);
  }

  /** What a site says of prod's rows: each of them, and what became of it since the agreement. */
  private record Said(String rows, List<String> since) {}

  private Said said(Site site, @Nullable String run, boolean keep) {
    Requests.Remember remember =
        run == null ? null : new Requests.Remember("dev", Map.of("public.person", run));
    DigestedTable digested =
        site.digest(
                new Requests.Digest(Role.TARGET, List.of(TABLE), remember, keep, List.of()),
                Progress.SILENT)
            .get(0);
    DigestedTable.Since since = digested.since();
    Said said =
        new Said(
            HexFormat.of()
                .formatHex(
                    site.compare(new Requests.Compare(List.of(new Question(TABLE, null, 0))))
                        .get(0)),
            since == null
                ? List.of()
                : List.of(
                    "agreed " + since.agreed(),
                    "here " + LongStream.of(since.here().codes()).sorted().boxed().toList(),
                    "gone " + LongStream.of(since.gone().codes()).sorted().boxed().toList()));
    if (keep) {
      site.keepDigests();
    }
    return said;
  }

  /** With nothing kept. */
  private Said anew(Twins twins, @Nullable String run) {
    try (Site site = twins.site("prod", folder.resolve("fresh-" + fresh++))) {
      return said(site, run, /* keep= */ false);
    }
  }

  private Said kept(Twins twins, @Nullable String run, boolean keep) {
    try (Site site = twins.site("prod")) {
      return said(site, run, keep);
    }
  }

  private static String lastRun(Twins twins) {
    try (Site site = twins.site("prod")) {
      return site.agreements(new Requests.Agreements("dev")).get(0).runs().get(0);
    }
  }

  private void assertAlike(Twins twins, @Nullable String run, boolean keep, String after) {
    Said now = anew(twins, run);
    Said kept = kept(twins, run, keep);
    assertThat(kept.rows()).as("rows after " + after).isEqualTo(now.rows());
    assertThat(kept.since()).as("since the agreement, after " + after).isEqualTo(now.since());
  }

  private static String change(Random random) {
    int id = 1 + random.nextInt(ROWS);
    int other = 10_000 + random.nextInt(1_000_000);
    return switch (random.nextInt(16)) {
      case 0, 1 -> "UPDATE person SET name = 'u" + other + "' WHERE id = " + id;
      case 2 -> "UPDATE person SET city = city WHERE id % 7 = " + id % 7;
      case 3, 4 -> "DELETE FROM person WHERE id = " + id;
      case 5 -> "INSERT INTO person (id, name) VALUES (" + other + ", 'new')";
      case 6 -> "UPDATE person SET id = " + other + " WHERE id = " + id;
      case 7 ->
          "DELETE FROM person WHERE id = %1$d; INSERT INTO person (id, name) VALUES (%1$d, 'again %2$d')"
              .formatted(id, other);
      case 8 -> "BEGIN; UPDATE person SET name = 'never'; DELETE FROM person; ROLLBACK";
      case 9 ->
          "BEGIN; SAVEPOINT a; UPDATE person SET name = 'sub %1$d' WHERE id = %2$d; RELEASE a; SAVEPOINT b; DELETE FROM person; ROLLBACK TO b; COMMIT"
              .formatted(other, id);
      case 10 -> "VACUUM (FREEZE) person";
      case 11 -> "VACUUM (FULL) person";
      case 12 ->
          "BEGIN; CREATE TEMP TABLE p AS TABLE person; TRUNCATE person; INSERT INTO person TABLE p;"
              + " DROP TABLE p; COMMIT";
      case 13 ->
          "ALTER TABLE person DROP COLUMN city; ALTER TABLE person ADD COLUMN city varchar(40)"
              + " DEFAULT 'added "
              + other
              + "'";
      case 14 -> "ALTER TABLE person ALTER COLUMN name TYPE varchar(%d)".formatted(40 + other % 9);
      default ->
          "UPDATE person SET name = name || '+' WHERE id BETWEEN %d AND %d".formatted(id, id + 9);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsDoneToTheRowsIsSeen(long seed) throws SQLException {
    Random random = new Random(seed);
    try (Twins twins = agreed(Engine.POSTGRESQL);
        Connection slow = twins.prod.connect();
        Statement late = slow.createStatement()) {
      boolean begun = false;
      for (int i = 0; i < 40; i++) {
        String sql = change(random);
        if (!begun && random.nextInt(4) == 0) {
          // Begun before others, and finished after them.
          slow.setAutoCommit(false);
          late.execute("INSERT INTO person (id, name) VALUES (" + (5_000 + i) + ", 'late')");
          begun = true;
        } else if (begun && random.nextInt(3) == 0) {
          slow.commit();
          begun = false;
        }
        if (begun && (sql.contains("TRUNCATE") || sql.contains("ALTER") || sql.contains("FULL"))) {
          slow.commit();
          begun = false;
        }
        for (String one : sql.startsWith("BEGIN") ? new String[] {sql} : sql.split("; ")) {
          twins.prod(one);
        }
        assertAlike(twins, null, random.nextInt(3) > 0, "step " + i + ": " + sql);
      }
      slow.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverWasAgreedOnIsKnown(Engine engine) {
    Random random = new Random(5);
    try (Twins twins = agreed(engine).onConflict(OnConflict.SOURCE)) {
      for (int i = 0; i < 12; i++) {
        int from = random.nextInt(ROWS);
        twins.dev(
            "UPDATE person SET name = 'd%d' WHERE id BETWEEN %d AND %d"
                .formatted(i, from, from + 5),
            "DELETE FROM person WHERE id = " + (from + 20),
            "INSERT INTO person (id, name) VALUES (" + (1000 + i) + ", 'new')");
        twins.prod(
            "UPDATE person SET city = 'p%d' WHERE id BETWEEN %d AND %d"
                .formatted(i, from, from + 2));
        if (i == 7) {
          twins.rollBack("prod");
        } else if (i % 4 == 3) {
          twins.pulled();
        } else {
          twins.pushed();
        }
        String run = lastRun(twins);
        assertAlike(twins, run, random.nextBoolean(), "run " + i);
        assertThat(kept(twins, run, false).since()).isNotEmpty();
      }
    }
  }

  private Path keptRows() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("exports/.digests"))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("rows-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Makes one of the digests another, as if it had been kept so. */
  private void tamper(Path file) throws IOException {
    DigestFile before = DigestFile.open(file).orElseThrow();
    try (RowDigests digests = new RowDigests()) {
      assertThat(before.read(digests, code -> code != 1)).isTrue();
      digests.row(1, 42);
      Files.delete(file);
      DigestFile.write(file, before.of(), digests);
    }
  }

  @Test
  void whatWasKeptIsUsedAsLongAsTheDatabaseHasItsMark() throws IOException {
    try (Twins twins = agreed(Engine.POSTGRESQL)) {
      Said now = kept(twins, null, /* keep= */ true);
      tamper(keptRows());
      assertThat(kept(twins, null, false).rows()).as("what was kept").isNotEqualTo(now.rows());
      twins.prod("DELETE FROM travaso.digest_mark");
      assertThat(kept(twins, null, false).rows()).as("without its mark").isEqualTo(now.rows());
    }
  }

  @Test
  void aDamagedFileIsAsIfThereWereNone() throws IOException {
    try (Twins twins = agreed(Engine.POSTGRESQL)) {
      Said now = kept(twins, null, /* keep= */ true);
      Path file = keptRows();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 3] ^= 1;
      Files.write(file, bytes);
      assertThat(kept(twins, null, false).rows()).isEqualTo(now.rows());
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 32));
      assertThat(kept(twins, null, false).rows()).isEqualTo(now.rows());
      Files.writeString(file, "no digests");
      assertThat(kept(twins, null, false).rows()).isEqualTo(now.rows());
      // What says until when it holds, and of what, counts as well.
      for (int i = 0; i < bytes.length; i += i < 400 ? 7 : 997) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= 2;
        Files.write(file, damaged);
        assertThat(kept(twins, null, false).rows()).as("byte " + i).isEqualTo(now.rows());
      }
      Files.delete(file);
      try (RowDigests none = new RowDigests()) {
        for (String of : List.of("null", "{}", "[]", "{\"word\": null}")) {
          Files.deleteIfExists(file);
          DigestFile.write(file, of, none);
          assertThat(kept(twins, null, false).rows()).as(of).isEqualTo(now.rows());
        }
      }
    }
  }

  @Test
  void whatIsNotItsOwnStaysInTheFolder() throws IOException {
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(100)));
    Path kept = folder.resolve("exports/.digests");
    Files.createDirectories(kept.resolve("folder"));
    Files.writeString(kept.resolve("notes.txt"), "mine");
    Files.createSymbolicLink(kept.resolve("dangling"), folder.resolve("nowhere"));
    Path old = Files.writeString(kept.resolve("rows-" + "0".repeat(32) + ".digests"), "old");
    Path left = Files.writeString(kept.resolve(UUID.randomUUID() + ".part"), "left");
    for (String name : List.of("folder", "notes.txt", old.toString(), left.toString())) {
      Files.setLastModifiedTime(kept.resolve(name), longAgo);
    }
    try (Twins twins = agreed(Engine.POSTGRESQL)) {
      kept(twins, null, /* keep= */ true);
      assertThat(kept.resolve("notes.txt")).exists();
      assertThat(kept.resolve("folder")).exists();
      assertThat(Files.isSymbolicLink(kept.resolve("dangling"))).isTrue();
      assertThat(old).doesNotExist();
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void whereNothingCanBeKeptASyncIsAsWithout() throws IOException {
    Files.createDirectories(folder.resolve("exports"));
    Files.writeString(folder.resolve("exports/.digests"), "a file");
    try (Twins twins = agreed(Engine.POSTGRESQL)) {
      twins.dev("UPDATE person SET name = 'x' WHERE id = 5").pushed();
      assertThat(twins.prod.rows("SELECT name FROM person WHERE id = 5")).containsExactly("x");
    }
  }

  @Test
  void whoMayOnlyWriteToTheLedgerKeepsDigests() {
    try (Twins twins = agreed(Engine.POSTGRESQL)) {
      kept(twins, null, /* keep= */ true);
      twins.prod.executeAsAdmin(
          "ALTER SCHEMA travaso OWNER TO CURRENT_USER",
          "GRANT USAGE ON SCHEMA travaso TO " + twins.prod.user());
      kept(twins, null, /* keep= */ true);
      twins.prod("UPDATE person SET city = 'all'");
      Said now = kept(twins, null, /* keep= */ true);
      assertThat(twins.prod.rows("SELECT count(*) FROM travaso.digest_mark")).containsExactly("2");
      assertThat(kept(twins, null, false).rows()).isEqualTo(now.rows());
    }
  }

  @Test
  void aSyncKeepsWhatOnlyItsOwnerMayReadAndADryRunNothing() throws IOException {
    try (Twins twins = agreed(Engine.POSTGRESQL)) {
      for (Path file : list(folder.resolve("exports/.digests"))) {
        Files.delete(file);
      }
      twins.dev("UPDATE person SET name = 'x' WHERE id = 5").dryPush();
      assertThat(folder.resolve("exports/.digests")).isEmptyDirectory();
      assertThat(Objects.requireNonNull(twins.push().fixture()).records()).isEqualTo(1);
      assertThat(list(folder.resolve("exports/.digests")))
          .as("of the rows here and there, and of what dev remembers")
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
      assertThat(twins.prod.rows("SELECT count(*) FROM travaso.digest_mark")).containsExactly("1");
      assertThat(twins.dev.rows("SELECT count(*) FROM travaso.digest_mark")).containsExactly("1");
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
