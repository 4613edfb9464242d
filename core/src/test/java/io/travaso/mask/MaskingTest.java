package io.travaso.mask;

import static io.travaso.mask.Columns.KEY;
import static io.travaso.mask.Columns.OTHER_KEY;
import static io.travaso.mask.Columns.mask;
import static io.travaso.mask.Columns.masked;
import static io.travaso.mask.Columns.masks;
import static io.travaso.mask.Columns.padded;
import static io.travaso.mask.Columns.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.RowSink;
import io.travaso.table.Column;
import io.travaso.table.Content;
import io.travaso.table.ValueKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  /** As they stand in bulk text: escapes, characters of one to four bytes, blanks, case. */
  private static final List<String> VALUES =
      List.of(
          "mario.rossi@example.com",
          "Mario Rossi",
          "+39 333 1234567",
          "RSSMRA80A01H501U",
          "tab\\there\\nand\\\\there",
          "Łódź 42",
          "日本",
          "🦊 fox",
          "x",
          "7",
          " ",
          "\\\\N",
          "José",
          "a\\bb\\fc\\vd\\re");

  @ParameterizedTest
  @EnumSource(
      value = MaskKind.class,
      names = {"EMAIL", "PHONE", "DIGITS", "FORMAT", "HASH", "NAME"})
  void theSameUnderTheSameKeyAndAnotherUnderAnother(MaskKind kind) {
    List<String> once = masks(mask(kind), KEY, VALUES);
    assertThat(masks(mask(kind), KEY, VALUES)).isEqualTo(once);
    assertThat(masks(mask(kind), OTHER_KEY, VALUES)).isNotEqualTo(once);
    List<String> backwards = new ArrayList<>(VALUES);
    java.util.Collections.reverse(backwards);
    List<String> reversed = masks(mask(kind), KEY, backwards);
    java.util.Collections.reverse(reversed);
    assertThat(reversed).as("whatever came before").isEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource(
      value = MaskKind.class,
      names = {"KEEP"},
      mode = EnumSource.Mode.EXCLUDE)
  void nullStaysNullAndEmptyStaysEmpty(MaskKind kind) {
    ColumnMask mask = mask(text("value", 100), kind, "fixed", true);
    assertThat(masks(mask, KEY, List.of("\\N", "", "\\N"))).containsExactly("\\N", "", "\\N");
  }

  @ParameterizedTest
  @EnumSource(
      value = MaskKind.class,
      names = {"EMAIL", "PHONE", "DIGITS", "FORMAT", "HASH"})
  void differentValuesHaveDifferentMasks(MaskKind kind) {
    Set<String> values = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      values.add("+39 0%08d".formatted(i));
      values.add("+39 " + i);
      values.add("cliente%d@example.com".formatted(i));
      values.add("CLIENTE%d@example.com".formatted(i));
      values.add("è" + i);
    }
    List<String> masks = masks(mask(kind), KEY, List.copyOf(values));
    assertThat(new HashSet<>(masks)).hasSize(values.size());
    assertThat(values).hasSize(100_000);
  }

  /** Values that a database takes for equal have masks that it takes for equal; others don't. */
  @ParameterizedTest
  @EnumSource(
      value = MaskKind.class,
      names = {"EMAIL", "PHONE", "DIGITS", "FORMAT", "HASH"})
  void caseMattersAsMuchAsBefore(MaskKind kind) {
    List<String> cases = List.of("mario.rossi", "Mario.Rossi", "MARIO.ROSSI", "mario.rossI");
    List<String> masks = masks(mask(kind), KEY, cases);
    assertThat(new HashSet<>(masks)).hasSize(4);
    assertThat(masks.stream().map(m -> m.toLowerCase(Locale.ROOT))).containsOnly(masks.get(0));
    List<String> others =
        masks(mask(kind), KEY, IntStream.range(0, 20_000).mapToObj(i -> "Nome" + i).toList());
    assertThat(others.stream().map(m -> m.toLowerCase(Locale.ROOT)).distinct()).hasSize(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "99", "999", "a", "aa", "a9", "9-9", "A.9", "999a", "aaA"})
  void smallDomainsArePermutedWhole(String shape) {
    List<String> all = new ArrayList<>(List.of(""));
    for (String place : shape.split("", -1)) {
      List<String> longer = new ArrayList<>();
      for (String begin : all) {
        for (String symbol : symbols(place)) {
          longer.add(begin + symbol);
        }
      }
      all = longer;
    }
    List<String> masks = masks(mask(MaskKind.FORMAT), KEY, all);
    assertThat(masks.stream().sorted().toList()).isEqualTo(all.stream().sorted().toList());
    assertThat(masks).isNotEqualTo(all);
  }

  private static List<String> symbols(String place) {
    List<String> letters = IntStream.range('a', 'z' + 1).mapToObj(Character::toString).toList();
    return switch (place) {
      case "9" -> IntStream.range(0, 10).mapToObj(Integer::toString).toList();
      case "a" -> letters;
      case "A" -> letters.stream().map(l -> l.toUpperCase(Locale.ROOT)).toList();
      default -> List.of(place);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "FORMAT, RSSMRA80A01H501U, '[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]'",
    "FORMAT, 'Mario Rossi, 12/b', '[A-Z][a-z]{4} [A-Z][a-z]{4}, [0-9]{2}/[a-z]'",
    "DIGITS, IT01234567890, 'IT[0-9]{11}'",
    "DIGITS, chiedere di Mario 5, '[a-z]{8} [a-z]{2} [A-Z][a-z]{4} [0-9]'",
    "PHONE, '+39 333 1234567', '[+]39 [0-9]{3} [0-9]{7}'",
    "PHONE, '333/1234567', '[0-9]{3}/[0-9]{7}'",
    "PHONE, '+39 1', '[+][0-9]{2} [0-9]'",
    "PHONE, 'Mario 333', '[A-Z][a-z]{4} [0-9]{3}'",
    "EMAIL, 'Mario <m@x.it>', '[A-Za-z2-7]{16}@mask[.]invalid'",
    "EMAIL, m@x.it, '[a-z2-7]{16}@mask[.]invalid'",
    "HASH, m@x.it, '[a-z2-7]{16}'",
    "HASH, Łódź, '[A-Za-z2-7]{16}'",
    "FORMAT, Łódź, '[A-Za-z2-7]{16}'",
    "NAME, Mario Rossi, '[A-Z][a-z]{2,7} [A-Z][a-z]{2,7}'",
    "NAME, MARIO ROSSI SRL, '[A-Z]{3,8} [A-Z]{3,8}'",
    "NAME, Rossi, '[A-Z][a-z]{2,7}'"
  })
  void looksLikeIt(MaskKind kind, String value, String pattern) {
    String masked = masked(mask(kind), value);
    assertThat(masked).matches(pattern).isNotEqualTo(value);
  }

  @Test
  void longTextsAreMaskedToTheirEnd() {
    String value = "Caro Mario, 10 anni fa. ".repeat(2_000);
    String masked = masked(mask(MaskKind.FORMAT), value);
    assertThat(masked).hasSameSizeAs(value).doesNotContain("Mario", "Caro", "anni");
    assertThat(masked(mask(MaskKind.FORMAT), value.replaceFirst("Caro", "Cara")))
        .isNotEqualTo(masked);
  }

  @Test
  void escapesStandForWhatTheySay() {
    ColumnMask format = mask(MaskKind.FORMAT);
    assertThat(masked(format, "a\\tb\\nc\\\\N")).matches("[a-z]\\\\t[a-z]\\\\n[a-z]\\\\\\\\[A-Z]");
    // A backslash and a t, not a tab.
    assertThat(masked(format, "\\\\t")).matches("\\\\\\\\[a-z]");
    assertThat(masked(mask(text("v", 10), MaskKind.FIXED, "a\tb\\N", false), "x"))
        .isEqualTo("a\\tb\\\\N");
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL, 29",
    "EMAIL, 21",
    "HASH, 16",
    "HASH, 5",
    "NAME, 17",
    "NAME, 8",
    "REDACT, 3",
    "FORMAT, 4"
  })
  void fitsItsColumn(MaskKind kind, int room) {
    ColumnMask mask = mask(text("value", room), kind, null, false);
    VALUES.stream()
        .filter(v -> kind != MaskKind.FORMAT || v.length() <= 4)
        .forEach(v -> assertThat(masked(mask, v).length()).isLessThanOrEqualTo(room));
  }

  @Test
  void aUniqueColumnWithoutRoomForAHashRefusesWhatFormatCantPermute() {
    ColumnMask mask = mask(text("code", 8), MaskKind.FORMAT, null, true);
    assertThat(masked(mask, "AB-12")).matches("[A-Z]{2}-[0-9]{2}");
    assertThatThrownBy(() -> masked(mask, "É-segreto"))
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("people.code")
        .hasMessageNotContaining("segreto");
  }

  @Test
  void blanksAtTheEndOfPaddedColumnsDontCount() {
    ColumnMask hash = mask(padded("v", 20), MaskKind.HASH, null, true);
    assertThat(masked(hash, "Mario     ")).isEqualTo(masked(mask(MaskKind.HASH), "Mario"));
    assertThat(masked(hash, "     ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-17, 2024-01-01",
    "2024-05-17 12:34:56.789, 2024-01-01 12:00:00",
    "2024-05-17 23:59:59+00, 2024-01-01 12:00:00+00",
    "0044-03-15 BC, 0044-01-01 BC",
    "0044-03-15 10:00:00+00 BC, 0044-01-01 12:00:00+00 BC",
    "12024-03-15, 12024-01-01",
    "infinity, infinity",
    "0000-00-00, 0000-00-00"
  })
  void aDateBecomesTheFirstOfItsYear(String value, String masked) {
    Column day = Columns.column("born", "date", ValueKind.TEXT, new Content.Day());
    assertThat(masked(mask(day, MaskKind.DATE, "year", false), value)).isEqualTo(masked);
  }

  @Test
  void whatIsRedactedIsStillAValueOfItsType() {
    assertThat(redacted("jsonb", ValueKind.JSON_DOCUMENT)).isEqualTo("{}");
    assertThat(redacted("text[]", ValueKind.ARRAY)).isEqualTo("{}");
    assertThat(redacted("hstore", ValueKind.HSTORE)).isEmpty();
    assertThat(redacted("bytea", ValueKind.BYTES)).isEqualTo("\\\\x");
    assertThat(redacted("xml", ValueKind.TEXT)).isEqualTo("<redacted/>");
    assertThat(masked(mask(text("v", 100), MaskKind.REDACT, null, false), "x"))
        .isEqualTo("redacted");
  }

  private static String redacted(String type, ValueKind kind) {
    Column column = Columns.column("v", type, kind, new Content.Other());
    return masked(mask(column, MaskKind.REDACT, null, false), "Mario");
  }

  @Test
  void onlyTheColumnsConcernedChange() throws IOException {
    Column first = text("first", 50);
    Column second = text("second", 50);
    Column third = text("third", 50);
    List<String> rows = new ArrayList<>();
    RowSink sink =
        Masking.of(List.of(mask(second, MaskKind.HASH, null, true)), KEY)
            .over(
                Columns.table(first, second, third),
                (b, o, l) -> rows.add(new String(b, o, l, UTF_8)));
    for (String row : List.of("a\\tb\tMario\t\\N", "\\N\t\\N\t", "è\tRossi\t🦊")) {
      byte[] bytes = row.getBytes(UTF_8);
      sink.row(bytes, 0, bytes.length);
    }
    ColumnMask hash = mask(MaskKind.HASH);
    assertThat(rows)
        .containsExactly(
            "a\\tb\t" + masked(hash, "Mario") + "\t\\N",
            "\\N\t\\N\t",
            "è\t" + masked(hash, "Rossi") + "\t🦊");
    byte[] short1 = "a\tb".getBytes(UTF_8);
    assertThatThrownBy(() -> sink.row(short1, 0, short1.length)).isInstanceOf(IOException.class);
    byte[] long1 = "a\tb\tc\td".getBytes(UTF_8);
    assertThatThrownBy(() -> sink.row(long1, 0, long1.length)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNotMaskedIsPassedOnAsItIs() {
    RowSink next = (b, o, l) -> {};
    assertThat(Masking.NONE.over(Columns.table(text("a", 5)), next)).isSameAs(next);
  }

  @Test
  void theKeyIsCheckedWithoutBeingTold() {
    String check = Masking.of(List.of(), KEY).keyCheck();
    assertThat(check).hasSize(16).isEqualTo(Masking.of(List.of(), KEY).keyCheck());
    assertThat(Masking.of(List.of(), OTHER_KEY).keyCheck()).isNotEqualTo(check);
    assertThat(Masking.NONE.keyCheck()).isEmpty();
    assertThatThrownBy(() -> Masking.of(List.of(), new Secret("too short")))
        .isInstanceOf(SyncException.class)
        .hasMessageNotContaining("too short");
  }
}
