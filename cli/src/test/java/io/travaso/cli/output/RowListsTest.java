package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.testing.Reports;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import io.travaso.pipeline.SyncReport.RowInfo;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowListsTest {
  private static RowLists rows(Language language, int columns) {
    return new RowLists(new Messages(language, ZoneOffset.UTC), columns);
  }

  private static ConflictInfo conflict(
      String key,
      String kind,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {
    return new ConflictInfo("public.a_b", "a.B", key, kind, column, source, target);
  }

  private static final List<ConflictInfo> OF_EVERY_KIND =
      List.of(
          conflict("1", "changed_on_both", "nome", "Anna\nRossi", null),
          conflict("2", "deleted_in_source", null, null, null),
          conflict("3", "deleted_in_target", null, null, null),
          conflict("4", "new_on_both", null, "nome: A", "nome: B, età: 3"),
          conflict("5", "changed_on_both", "note", "x".repeat(50), "è".repeat(40)));

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void conflictsStandByRowAndColumnUnderTheirEnvironments() {
    SyncReport report = Reports.conflicts(OF_EVERY_KIND, null);
    assertThat(text(rows(Language.ENGLISH, 0).conflicts(report)))
        .isEqualTo(
            """
            CONFLICTS: dev and prod both changed these since they last agreed
              TABLE  ROW  COLUMN  dev                                       prod
              a.B    1    nome    Anna Rossi                                NULL
              a.B    2    -       (deleted)                                 (changed)
              a.B    3    -       (changed)                                 (deleted)
              a.B    4    -       nome: A                                   nome: B, età: 3
              a.B    5    note    %s…  %s
            """
                .formatted("x".repeat(39), "è".repeat(40)));
  }

  @Test
  void valuesAreAsWideAsTheTerminalLets() {
    SyncReport report = Reports.conflicts(OF_EVERY_KIND, null);
    assertThat(text(rows(Language.ITALIAN, 60).conflicts(report)))
        .isEqualTo(
            """
            CONFLITTI: dev e prod hanno cambiato entrambi questi valori dopo l'ultimo accordo
              TABELLA  RIGA  COLONNA  dev              prod
              a.B      1     nome     Anna Rossi       NULL
              a.B      2     -        (eliminata)      (cambiata)
              a.B      3     -        (cambiata)       (eliminata)
              a.B      4     -        nome: A          nome: B, età: 3
              a.B      5     note     xxxxxxxxxxxxxx…  èèèèèèèèèèèèèè…
            """);
  }

  @Test
  void atMostTwentyAreShown() {
    List<ConflictInfo> many =
        IntStream.range(0, 25)
            .mapToObj(i -> conflict("k" + i, "deleted_in_source", null, null, null))
            .toList();
    List<String> lines = rows(Language.ENGLISH, 0).conflicts(Reports.conflicts(many, null));
    assertThat(lines).hasSize(1 + 1 + 20 + 1).last().isEqualTo("  … and 5 more");
  }

  @Test
  void withoutThemNothingIsShown() {
    assertThat(rows(Language.ENGLISH, 0).conflicts(Reports.everyday())).isEmpty();
    assertThat(rows(Language.ENGLISH, 0).overwritten(Reports.everyday())).isEmpty();
  }

  @Test
  void overwrittenRowsAreNamed() {
    List<RowInfo> two =
        List.of(new RowInfo("public.a_b", "a.B", "7"), new RowInfo("public.a_b", "a.B", "8"));
    assertThat(text(rows(Language.ENGLISH, 0).overwritten(Reports.firstSync(two, 2))))
        .isEqualTo(
            """
            OVERWRITTEN: rows of prod that become dev's
              a.B 7
              a.B 8
            """);
    List<RowInfo> many =
        IntStream.range(0, 100).mapToObj(i -> new RowInfo("public.a_b", "a.B", "" + i)).toList();
    assertThat(rows(Language.ITALIAN, 0).overwritten(Reports.firstSync(many, 1234)))
        .hasSize(1 + 20 + 1)
        .first()
        .isEqualTo("SOVRASCRITTE: righe di prod che diventano quelle di dev");
    assertThat(rows(Language.ITALIAN, 0).overwritten(Reports.firstSync(many, 1234)))
        .last()
        .isEqualTo("  … e altri 1.214");
  }
}
