package io.travaso.cli.output;

import static io.travaso.cli.testing.Reports.merged;
import static io.travaso.cli.testing.Reports.planned;
import static io.travaso.cli.testing.Reports.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.testing.Reports;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.TableCounts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreviewTest {
  private static final Style SYMBOLS = new Style(true, false, false);

  private static String preview(SyncReport report, Language language, Style style, int columns) {
    Messages messages = new Messages(language, ZoneOffset.UTC);
    return String.join("\n", new Preview(messages, style, columns).lines(report)) + "\n";
  }

  @Test
  void looksAsDocumented() {
    assertThat(preview(Reports.everyday(), Language.ENGLISH, SYMBOLS, 0))
        .isEqualTo(
            """
            PREVIEW (dry run): dev → prod
            + created    anagrafiche.Cliente 15 · pratiche.Pratica 23                 total 38
            ~ updated    anagrafiche.Cliente 8                                        total 8
            = unchanged  anagrafiche.Cliente 78 · pratiche.Pratica 74 …               total 412
              only in prod, kept   anagrafiche.Cliente 1                              total 1
            """);
  }

  @Test
  void isPlainAsciiWhereSymbolsCannotBeShown() {
    String preview = preview(Reports.everyday(), Language.ENGLISH, Style.PLAIN, 0);
    assertThat(preview)
        .isEqualTo(
            """
            PREVIEW (dry run): dev -> prod
            + created    anagrafiche.Cliente 15, pratiche.Pratica 23                  total 38
            ~ updated    anagrafiche.Cliente 8                                        total 8
            = unchanged  anagrafiche.Cliente 78, pratiche.Pratica 74 ...              total 412
              only in prod, kept   anagrafiche.Cliente 1                              total 1
            """);
    assertThat(preview).matches("\\p{ASCII}*");
  }

  @Test
  void speaksItalian() {
    SyncReport report = planned(false, table("anagrafiche.Cliente", 1500, 0, 2, 12_345_678, 1));
    assertThat(preview(report, Language.ITALIAN, SYMBOLS, 0))
        .isEqualTo(
            """
            PIANO: dev → prod
            + create      anagrafiche.Cliente 1.500                                   totale 1.500
            ~ aggiornate                                                              totale 0
            - eliminate   spariscono da prod: anagrafiche.Cliente 2                   totale 2
            = invariate   anagrafiche.Cliente 12.345.678                              totale 12.345.678
              solo in prod, restano   anagrafiche.Cliente 1                           totale 1
            """);
  }

  @Test
  void namesTheRowsThatVanishForEachTable() {
    SyncReport report =
        planned(
            false,
            table("anagrafiche.Cliente", 0, 0, 3, 10, 0),
            table("pratiche.Pratica", 0, 0, 1, 10, 0));
    assertThat(preview(report, Language.ENGLISH, SYMBOLS, 0))
        .contains(
            "- deleted    vanish from prod: anagrafiche.Cliente 3 · pratiche.Pratica 1  total 4\n");
  }

  @Test
  void whatBothSidesChangedHasLinesOnlyWhereThereIsAny() {
    SyncReport report =
        planned(
            true,
            merged(table("anagrafiche.Cliente", 1, 5, 0, 90, 2), 2, 3, 4, 0, 1),
            merged(table("pratiche.Pratica", 0, 0, 0, 74, 0), 0, 0, 0, 1, 0));
    assertThat(preview(report, Language.ENGLISH, SYMBOLS, 0))
        .isEqualTo(
            """
            PREVIEW (dry run): dev → prod
            + created    anagrafiche.Cliente 1                                        total 1
            ~ updated    anagrafiche.Cliente 5                                        total 5
            & merged     anagrafiche.Cliente 4                                        total 4
            ! conflicts  anagrafiche.Cliente 2                                        total 2
            ! collisions pratiche.Pratica 1                                           total 1
            = unchanged  anagrafiche.Cliente 90 · pratiche.Pratica 74                 total 164
              only in prod, kept   anagrafiche.Cliente 1                              total 1
              changed only in prod, kept   anagrafiche.Cliente 3                      total 3
              gone in dev, kept   anagrafiche.Cliente 1                               total 1
            """);
  }

  @Test
  void wrapsWhatIsWrittenAndNeverHidesIt() {
    TableCounts[] tables =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> table("pratiche.Tabella" + i, 1, 0, 0, 1, 0))
            .toArray(TableCounts[]::new);
    String preview = preview(planned(true, tables), Language.ENGLISH, SYMBOLS, 80);
    List<String> lines = preview.lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    String created = preview.substring(preview.indexOf("+ "), preview.indexOf("~ "));
    for (TableCounts table : tables) {
      assertThat(created).containsPattern(table.label() + " 1\\b");
    }
    assertThat(created.lines().skip(1))
        .allSatisfy(line -> assertThat(line).startsWith(" ".repeat(13)));
    // What stays as it is may be cut.
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).startsWith("= unchanged").contains(" … "));
  }

  @Test
  void keepsATableNameWholeWhateverItsLength() {
    String name = "un_modulo_dal_nome_lunghissimo.UnaTabellaDalNomeAncoraPiuLungoDelModulo";
    String preview =
        preview(planned(true, table(name, 1, 1, 0, 1, 0)), Language.ENGLISH, SYMBOLS, 40);
    assertThat(preview).contains("+ created    " + name + " 1  total 1\n");
  }

  @Test
  void coloursOnlyWhereItMay() {
    String preview =
        preview(Reports.everyday(), Language.ENGLISH, new Style(true, true, true), 100);
    assertThat(preview).contains("\u001b[32m+ created    anagrafiche.Cliente 15");
    String bare = preview.replaceAll("\u001b\\[[0-9]+m", "");
    assertThat(bare).isEqualTo(preview(Reports.everyday(), Language.ENGLISH, SYMBOLS, 100));
  }
}
