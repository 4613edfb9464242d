package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding.Severity;
import io.travaso.ledger.Run;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern KEY =
      Pattern.compile("\"((?:[a-z][a-z-]*\\.)+[a-zA-Z_-]+)\"|text\\(\"([a-z.-]+)\"");

  private static Set<String> keys(String bundle, Language language) {
    return new TreeSet<>(Collections.list(Texts.load(bundle, language).getKeys()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "help"})
  void bothLanguagesHaveTheSameTexts(String bundle) {
    assertThat(keys(bundle, Language.ITALIAN)).isEqualTo(keys(bundle, Language.ENGLISH));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyTextIsAMessageFormatWithItsApostrophesDoubled(Language language) {
    Texts texts = Texts.load("messages", language);
    for (String key : keys("messages", language)) {
      String text = texts.get(key);
      assertThat(text.replace("''", "")).as(key).doesNotContain("'");
      assertThat(new MessageFormat(text, language.locale()).toPattern()).as(key).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Run.Outcome.class)
  void everyWayARunEndsHasAText(Run.Outcome outcome) {
    String key = "outcome." + outcome.name().toLowerCase(Locale.ROOT);
    assertThat(keys("messages", Language.ENGLISH)).contains(key);
  }

  @Test
  void bothLanguagesTellTheSameArguments() {
    Texts english = Texts.load("messages", Language.ENGLISH);
    Texts italian = Texts.load("messages", Language.ITALIAN);
    for (String key : keys("messages", Language.ENGLISH)) {
      assertThat(arguments(italian.get(key))).as(key).isEqualTo(arguments(english.get(key)));
    }
  }

  private static Set<String> arguments(String text) {
    return Pattern.compile("\\{(\\d)")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyNoteStepAndOutcomeHasAText(Language language) {
    Set<String> keys = keys("messages", language);
    assertThat(keys).containsAll(Stream.of(Text.values()).map(t -> "note." + t.name()).toList());
    assertThat(keys).containsAll(lower("step.", Step.values()));
    assertThat(keys).containsAll(Stream.of(Severity.values()).map(s -> "severity." + s).toList());
    List<ExitCode> failures =
        Stream.of(ExitCode.values())
            .filter(code -> code != ExitCode.DONE && code != ExitCode.DIFFERENCES)
            .toList();
    assertThat(keys).containsAll(failures.stream().map(code -> "error." + code.key()).toList());
    assertThat(keys("help", language)).containsAll(lower("exit.", ExitCode.values()));
  }

  private static List<String> lower(String prefix, Enum<?>[] names) {
    return Stream.of(names).map(n -> prefix + n.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Keys that are put together in the program, by what they begin with. */
  private static final List<String> COMPOSED =
      List.of(
          "note.",
          "step.",
          "size.",
          "preview.",
          "severity.",
          "error.",
          "column.",
          "outcome.",
          "backups.",
          "runs.",
          "conflicts.",
          "changed-again.");

  @Test
  void theProgramUsesNoKeyThatIsNotThereAndNoTextIsLeftOver() throws Exception {
    Set<String> known = keys("messages", Language.ENGLISH);
    Set<String> prefixes =
        known.stream()
            .filter(key -> key.contains("."))
            .map(key -> key.substring(0, key.indexOf('.') + 1))
            .collect(Collectors.toSet());
    Set<String> used = new TreeSet<>();
    for (String source : sources()) {
      KEY.matcher(source)
          .results()
          .map(result -> result.group(1) == null ? result.group(2) : result.group(1))
          .filter(key -> !key.endsWith("."))
          .forEach(used::add);
    }
    assertThat(used)
        .filteredOn(key -> prefixes.stream().anyMatch(key::startsWith))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(known).contains(key));
    Set<String> left = new TreeSet<>(known);
    left.removeAll(used);
    left.removeIf(key -> COMPOSED.stream().anyMatch(key::startsWith));
    assertThat(left).isEmpty();
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(MessagesTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void writesNumbersSizesAndTimesAsTheLanguageDoes() {
    Messages english = new Messages(Language.ENGLISH, ZoneOffset.UTC);
    Messages italian = new Messages(Language.ITALIAN, ZoneId.of("Europe/Rome"));
    Note note =
        Note.of(
            Text.BACKUP_CHOSEN,
            "pre_sync_20261120_140311.dump",
            Instant.parse("2026-11-20T13:03:11.999Z"),
            1_234_567L);
    assertThat(english.text(note))
        .isEqualTo("backup pre_sync_20261120_140311.dump, taken 2026-11-20 13:03:11, 1.2 MB");
    assertThat(italian.text(note))
        .isEqualTo("backup pre_sync_20261120_140311.dump, del 2026-11-20 14:03:11, 1,2 MB");
    assertThat(italian.number(1_234_567)).isEqualTo("1.234.567");
    assertThat(english.size(0)).isEqualTo("0 bytes");
    assertThat(english.size(999)).isEqualTo("999 bytes");
    assertThat(english.size(999_999)).isEqualTo("1 MB");
    assertThat(english.size(83_000)).isEqualTo("83 kB");
    assertThat(english.size(4_000_000_000_000_000L)).isEqualTo("4,000 TB");
  }

  @Test
  void countsInWords() {
    Messages english = new Messages(Language.ENGLISH, ZoneOffset.UTC);
    assertThat(english.text(Note.of(Text.CHECKED_ONE, 0, "dev"))).isEqualTo("no tables of dev");
    assertThat(english.text(Note.of(Text.CHECKED_ONE, 1, "dev"))).isEqualTo("one table of dev");
    assertThat(english.text(Note.of(Text.CHECKED_ONE, 1200, "dev")))
        .isEqualTo("1,200 tables of dev");
    assertThat(english.text(Note.of(Text.VERIFIED, 5L, 0))).isEqualTo("5 rows as planned");
    assertThat(english.text(Note.of(Text.VERIFIED, 1L, 2)))
        .isEqualTo("one row as planned, 2 old files removed");
  }
}
