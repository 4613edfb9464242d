package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.OnConflict;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.merge.ConflictRule;
import io.travaso.site.ConflictRules.Asked;
import io.travaso.site.TableShape.ColumnShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has the last word on a table's conflicts. */
class ConflictRulesTest {
  private static final String CUSTOMER = "public.clienti_cliente";
  private static final String CASE = "public.pratiche_pratica";
  private static final String LABELS = "public.pratica_etichetta";
  private static final ConflictRule SOURCE = rule(io.travaso.merge.OnConflict.SOURCE, null);
  private static final ConflictRule TARGET = rule(io.travaso.merge.OnConflict.TARGET, null);

  private static final List<TableShape> TABLES =
      List.of(
          table(CUSTOMER, "clienti.Cliente", "id", "nome", "modificato"),
          table(CASE, "pratiche.Pratica", "id", "titolo", "modificata"),
          new TableShape(
              LABELS,
              LABELS,
              List.of("pratica_id", "etichetta_id"),
              List.of(column("pratica_id"), column("etichetta_id")),
              List.of()));

  private static TableShape table(String table, String label, String... columns) {
    return new TableShape(
        table,
        label,
        List.of("id"),
        Arrays.stream(columns).map(ConflictRulesTest::column).toList(),
        List.of());
  }

  private static ColumnShape column(String name) {
    return new ColumnShape(name, "text", true, false, "", "");
  }

  private static ConflictRule rule(io.travaso.merge.OnConflict on, @Nullable String by) {
    return new ConflictRule(on, by);
  }

  private static ConflictRule newest(String by) {
    return rule(io.travaso.merge.OnConflict.NEWEST, by);
  }

  private static SyncConfig config(String customer, String more) {
    return SyncConfig.parse(
        """
        environments:
          dev: {database: {url: "postgresql://me@localhost/app"}}
        tables: [{model: clienti.Cliente%s}, pratiche.Pratica, pratica_etichetta]
        """
                .formatted(customer)
            + more,
        Path.of("/p/sync.yaml"),
        new Surroundings(Map.of(), Path.of("/p"), Path.of("/home/anna")));
  }

  private static ConflictRules rules(SyncConfig config, Asked asked) {
    return ConflictRules.of(config, TABLES, asked);
  }

  @Test
  void withoutAWordConflictsStopTheRun() {
    assertThat(rules(config("", ""), Asked.NOTHING).rules().values())
        .hasSize(3)
        .containsOnly(ConflictRule.STOP);
  }

  @Test
  void theMoreParticularWordGoesFirst() {
    SyncConfig config = config(", on-conflict: target", "on-conflict: source\n");

    assertThat(rules(config, Asked.NOTHING).rules())
        .containsEntry(CUSTOMER, TARGET)
        .containsEntry(CASE, SOURCE);
    assertThat(rules(config, new Asked(OnConflict.STOP, Map.of(), null)).rules().values())
        .containsOnly(ConflictRule.STOP);
    Asked both = new Asked(OnConflict.STOP, Map.of("CLIENTI.cliente", OnConflict.SOURCE), null);
    assertThat(rules(config, both).rules())
        .containsEntry(CUSTOMER, SOURCE)
        .containsEntry(CASE, ConflictRule.STOP);
  }

  @Test
  void aTableIsMeantByAnyOfItsNames() {
    for (String name : List.of("clienti.Cliente", CUSTOMER, "clienti_cliente")) {
      Asked asked = new Asked(null, Map.of(name, OnConflict.SOURCE), null);
      assertThat(rules(config("", ""), asked).rules()).as(name).containsEntry(CUSTOMER, SOURCE);
    }
  }

  @Test
  void theColumnComesFromWhereItIsSaidFirst() {
    SyncConfig config =
        config(", newest-by: modificato", "on-conflict: newest\nnewest-by: modificata\n");

    assertThat(rules(config, Asked.NOTHING).rules())
        .containsEntry(CUSTOMER, newest("modificato"))
        .containsEntry(CASE, newest("modificata"));
    assertThat(rules(config, new Asked(null, Map.of(), "id")).rules())
        .containsEntry(CUSTOMER, newest("id"))
        .containsEntry(CASE, newest("id"));
  }

  @Test
  void linksHaveNothingToSettle() {
    ConflictRules rules = rules(config("", ""), new Asked(OnConflict.NEWEST, Map.of(), "id"));

    assertThat(rules.problems()).isEmpty();
    assertThat(rules.rules()).containsEntry(LABELS, ConflictRule.STOP);
  }

  @Test
  void everyTableWithoutTheColumnIsTold() {
    ConflictRules rules =
        rules(config("", ""), new Asked(OnConflict.NEWEST, Map.of(), "modificat"));

    assertThat(rules.problems())
        .extracting(Finding::line)
        .containsExactly(
            "clienti.Cliente has no column modificat to say which row is the newest → The nearest"
                + " is modificato; or settle its conflicts in another way: --on-conflict"
                + " clienti.Cliente=stop.",
            "pratiche.Pratica has no column modificat to say which row is the newest → The nearest"
                + " is modificata; or settle its conflicts in another way: --on-conflict"
                + " pratiche.Pratica=stop.");
    assertThat(rules.problems())
        .extracting(Finding::kind)
        .containsOnly(SyncException.Kind.CONFIGURATION);
  }

  @Test
  void newestNeedsAColumnAndATableHasToBeThere() {
    Map<String, OnConflict> byTable =
        Map.of("clienti.Clienti", OnConflict.SOURCE, "pratiche.Pratica", OnConflict.NEWEST);

    assertThat(rules(config("", ""), new Asked(null, byTable, null)).problems())
        .extracting(Finding::line)
        .containsExactly(
            "--on-conflict: clienti.Clienti is not among the tables of this run → The nearest is"
                + " clienti.Cliente.",
            "pratiche.Pratica: conflicts go to the newest row, and no column says which that is →"
                + " Name it: --newest-by COLUMN, or newest-by in the configuration.");
  }

  @Test
  void aTableIsFoundHoweverTheConfigurationNamesIt() {
    for (String entry :
        List.of(
            "{table: public.clienti_cliente, on-conflict: source}",
            "{table: clienti_cliente, on-conflict: source}",
            "{model: x.Y, table: clienti_cliente, on-conflict: source}",
            "{model: clienti.Cliente, on-conflict: source}")) {
      SyncConfig config =
          SyncConfig.parse(
              """
              environments:
                dev: {database: {url: "postgresql://me@localhost/app"}}
              tables: [%s]
              """
                  .formatted(entry),
              Path.of("/p/sync.yaml"),
              new Surroundings(Map.of(), Path.of("/p"), Path.of("/home/anna")));
      assertThat(rules(config, Asked.NOTHING).rules()).as(entry).containsEntry(CUSTOMER, SOURCE);
    }
  }
}
