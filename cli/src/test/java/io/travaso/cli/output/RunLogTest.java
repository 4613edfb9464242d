package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final String PREFIX = "2026-11-20T14:03:11.123Z run-1 ";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private RunLog log(Path file) {
    return new RunLog(
        file,
        "run-1",
        Clock.fixed(Instant.parse("2026-11-20T14:03:11.123456Z"), ZoneOffset.UTC),
        new Messages(Language.ENGLISH, ZoneOffset.UTC),
        warnings::add);
  }

  @Test
  void writesEachStepWithItsTimeAndTheRun() throws Exception {
    Path file = folder.resolve("logs/sync.log");
    try (RunLog log = log(file)) {
      Script.play(log);
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            PREFIX + "1/8 check begins",
            PREFIX + "warning: The clock of prod is 7 minutes off → Set the clocks.",
            PREFIX + "1/8 check done: 3 tables, dev → prod",
            PREFIX + "2/8 export begins",
            PREFIX + "2/8 export done: 501 records, 7.2 MB: /srv/x.json.zst",
            PREFIX + "3/8 transfer begins",
            PREFIX + "3/8 transfer skipped: both sides are on this machine",
            PREFIX + "4/8 plan begins",
            PREFIX + "nothing was changed since the sync",
            PREFIX + "4/8 plan done: 46 rows to write, 412 unchanged",
            PREFIX + "PREVIEW (dry run): dev -> prod",
            PREFIX
                + "+ created    anagrafiche.Cliente 15, pratiche.Pratica 23                  total 38",
            PREFIX
                + "~ updated    anagrafiche.Cliente 8                                        total 8",
            PREFIX
                + "= unchanged  anagrafiche.Cliente 78, pratiche.Pratica 74 ...              total"
                + " 412",
            PREFIX
                + "  only in prod, kept   anagrafiche.Cliente 1                              total 1",
            PREFIX + "5/8 confirm skipped: dry run");
    assertThat(warnings).isEmpty();
  }

  @Test
  void isItsOwnersAloneAndGrows() throws Exception {
    Path file = folder.resolve("sync.log");
    for (int i = 0; i < 2; i++) {
      try (RunLog log = log(file)) {
        log.write("line " + i);
      }
    }
    assertThat(Files.readAllLines(file)).containsExactly(PREFIX + "line 0", PREFIX + "line 1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isNotMadeWhereNothingIsWritten() {
    Path file = folder.resolve("sync.log");
    log(file).close();
    assertThat(file).doesNotExist();
  }

  @Test
  void warnsOnceWhereItCannotBeWritten() throws Exception {
    Path occupied = Files.writeString(folder.resolve("logs"), "a file, not a folder");
    try (RunLog log = log(occupied.resolve("sync.log"))) {
      log.write("one");
      log.write("two");
      assertThat(log.isWritten()).isFalse();
    }
    assertThat(warnings).singleElement().asString().contains("sync.log", "can't be written");
  }

  @Test
  void hasAllDetailsOfAFailureAndEveryLineOfATrace() throws Exception {
    Path file = folder.resolve("sync.log");
    List<String> details = IntStream.rangeClosed(1, 60).mapToObj(i -> "row " + i).toList();
    try (RunLog log = log(file)) {
      log.failed(new Failure(ExitCode.CONFLICTS, "60 rows", "Look.", details));
      log.trace(new IllegalStateException("boom"));
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .startsWith(PREFIX + "conflicts: 60 rows", PREFIX + "  - row 1")
        .contains(PREFIX + "  - row 60", PREFIX + "  -> Look.")
        .contains(PREFIX + "java.lang.IllegalStateException: boom")
        .allSatisfy(line -> assertThat(line).startsWith(PREFIX));
  }
}
