package io.travaso.cli.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What both sides changed since they last agreed: told, settled, or left alone. */
abstract class ConflictsContract {
  private Project project;

  abstract Engine engine();

  @BeforeEach
  void open() {
    project = Project.everyday(engine(), engine());
  }

  @AfterEach
  void close() {
    project.close();
  }

  /** Both sides have synced once. */
  private void agreed() {
    project.sync("dev-to-prod", "--force").exits(0);
  }

  /** Since then both gave customer 3 another rate, each its own. */
  private void disagreed() {
    agreed();
    project.dev().execute("UPDATE clienti_cliente SET tariffa = 31 WHERE id = 3");
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 32 WHERE id = 3");
  }

  private String rate(int customer) {
    return project
        .prod()
        .database()
        .rows("SELECT tariffa FROM clienti_cliente WHERE id = " + customer)
        .get(0);
  }

  private static List<String> keys(JsonNode rows) {
    List<String> keys = new ArrayList<>();
    rows.forEach(row -> keys.add(row.path("label").asText() + " " + row.path("key").asText()));
    return keys;
  }

  @Test
  void theFirstTimeTheSourceWinsAndItIsSaid() {
    project
        .sync("dev-to-prod", "--dry-run")
        .exits(0)
        .says(
            "no baseline for clienti.Cliente with prod yet: where rows differ, dev's win",
            "OVERWRITTEN: rows of prod that become dev's\n  clienti.Cliente 50\n");
    JsonNode result = project.sync("dev-to-prod", "--force", "--json").exits(0).result();
    assertThat(result.path("firstSync").toString()).isEqualTo("[\"clienti.Cliente\"]");
    assertThat(keys(result.path("overwritten"))).containsExactly("clienti.Cliente 50");
    assertThat(rate(50)).isEqualTo("72.00");

    JsonNode second = project.sync("dev-to-prod", "--force", "--json").exits(0).result();
    assertThat(second.has("firstSync")).isFalse();
    assertThat(second.has("overwritten")).isFalse();
  }

  @Test
  void eachSideKeepsItsChanges() {
    agreed();
    project
        .dev()
        .execute(
            "UPDATE clienti_cliente SET nome = 'Anna' WHERE id = 1",
            "UPDATE clienti_cliente SET nome = 'Carla' WHERE id = 2");
    project
        .prod()
        .execute(
            "UPDATE clienti_cliente SET tariffa = 11 WHERE id = 1",
            "UPDATE clienti_cliente SET tariffa = 14 WHERE id = 4");

    project
        .sync("dev-to-prod", "--dry-run")
        .exits(0)
        .says("& merged     clienti.Cliente 1", "changed only in prod, kept   clienti.Cliente 1");
    JsonNode totals =
        project.sync("dev-to-prod", "--force", "--json").exits(0).result().path("totals");

    assertThat(totals.path("updated").asInt()).isEqualTo(2);
    assertThat(totals.path("merged").asInt()).isEqualTo(1);
    assertThat(totals.path("keptTarget").asInt()).isEqualTo(1);
    assertThat(project.prod().customer(1).get(0)).startsWith("1|C1|Anna|11.00|");
    assertThat(project.prod().customer(2).get(0)).startsWith("2|C2|Carla|3.00|");
    assertThat(rate(4)).isEqualTo("14.00");

    // Row by row it would have been a conflict.
    project.dev().execute("UPDATE clienti_cliente SET nome = 'Dora' WHERE id = 1");
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 12 WHERE id = 1");
    project.sync("dev-to-prod", "--dry-run", "--whole-rows").exits(4).says("CONFLICTS");
    project.sync("dev-to-prod", "--dry-run").exits(0);
  }

  @Test
  void conflictsStopTheRun() {
    disagreed();
    Map<String, List<String>> before = project.prod().rows();
    List<String> dumps = project.dumps();

    project
        .sync("dev-to-prod", "--dry-run")
        .exits(4)
        .says(
            "! conflicts  clienti.Cliente 1",
            "CONFLICTS: dev and prod both changed these since they last agreed",
            "5/8 confirm   skipped: conflicts",
            "8/8 verify    skipped: conflicts",
            "One conflict: nothing was written to prod.",
            "sync resolve dev-to-prod");
    JsonNode result =
        project.sync("dev-to-prod", "--force", "--json").exits(4).status("conflicts").result();

    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.dumps()).isEqualTo(dumps);
    JsonNode conflict = result.path("conflicts").get(0);
    assertThat(result.path("conflicts")).hasSize(1);
    assertThat(conflict.path("label").asText()).isEqualTo("clienti.Cliente");
    assertThat(conflict.path("key").asText()).isEqualTo("3");
    assertThat(conflict.path("kind").asText()).isEqualTo("changed_on_both");
    assertThat(conflict.path("column").asText()).isEqualTo("tariffa");
    assertThat(conflict.path("source").asText()).isEqualTo("31.00");
    assertThat(conflict.path("target").asText()).isEqualTo("32.00");
    Path file = Path.of(result.path("conflictsFile").asText());
    assertThat(file.getFileName().toString()).matches("conflicts_\\d{8}_\\d{6}(_\\d+)?\\.json");
    assertThat(Project.mode(file)).isEqualTo("rw-------");
    assertThat(Ended.parse(Project.read(file)).path("conflicts"))
        .isEqualTo(result.path("conflicts"));
    assertThat(Project.read(project.folder().resolve("logs/sync.log")))
        .as("values are in no log")
        .doesNotContain("31.00", "32.00");
  }

  @Test
  void aRuleSettlesThem() {
    disagreed();

    project.sync("dev-to-prod", "--force", "--on-conflict", "target").exits(0);
    assertThat(rate(3)).isEqualTo("32.00");
    project.dev().execute("UPDATE clienti_cliente SET tariffa = 33 WHERE id = 3");
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 34 WHERE id = 3");
    project
        .sync(
            "dev-to-prod", "--force", "--on-conflict=stop", "--on-conflict=clienti.Cliente=source")
        .exits(0);
    assertThat(rate(3)).isEqualTo("33.00");
  }

  @Test
  void theConfigurationSettlesThem() {
    disagreed();
    project.dev().execute("UPDATE clienti_cliente SET visto = '2026-02-02 10:00:00' WHERE id = 3");
    project.prod().execute("UPDATE clienti_cliente SET visto = '2026-02-03 10:00:00' WHERE id = 3");
    String set =
        """
        tables: [{model: clienti.Cliente, on-conflict: newest, newest-by: %s}, pratiche.Pratica]
        exclude: [auth.User]
        references: {auth.User: {match: [username]}}
        """;

    project
        .set(set.formatted("vsto"))
        .sync("dev-to-prod", "--force")
        .exits(2)
        .says("clienti.Cliente has no column vsto", "visto");
    project.set(set.formatted("visto")).sync("dev-to-prod", "--force").exits(0);
    assertThat(rate(3)).isEqualTo("32.00");
  }

  @Test
  void somebodySettlesThemOneByOne() {
    disagreed();
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 52 WHERE id = 5");
    project.dev().execute("UPDATE clienti_cliente SET tariffa = 51 WHERE id = 5");
    Path file = project.folder().resolve("decide.yaml");

    project
        .sync("resolve", "dev-to-prod", "--output", "decide.yaml")
        .exits(0)
        .says("decide.yaml, with 2 conflicts to decide", "--decisions");
    assertThat(Project.mode(file)).isEqualTo("rw-------");
    project.sync("resolve", "dev-to-prod", "--output", "decide.yaml").exits(2).says("already");
    project
        .sync("dev-to-prod", "--force", "--decisions", "decide.yaml")
        .exits(2)
        .says("take: is not filled in");
    fill(file, "3", "prod");
    fill(file, "5", "dev");
    project.sync("prod-to-dev", "--force", "--decisions", "decide.yaml").exits(2);

    project.prod().execute("UPDATE clienti_cliente SET tariffa = 53 WHERE id = 5");
    project.sync("dev-to-prod", "--force", "--decisions", "decide.yaml").exits(5);
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 52 WHERE id = 5");
    project.sync("dev-to-prod", "--force", "--decisions", "decide.yaml").exits(0);

    assertThat(rate(3)).isEqualTo("32.00");
    assertThat(rate(5)).isEqualTo("51.00");
    project
        .sync("resolve", "dev-to-prod", "--json")
        .exits(0)
        .status("unchanged")
        .says("\"conflicts\":[]");
  }

  private static void fill(Path file, String key, String take) {
    String text = Project.read(file);
    int entry = text.indexOf("key: \"" + key + "\"");
    int at = text.indexOf("take: \n", entry);
    try {
      Files.writeString(
          file, text.substring(0, at) + "take: " + take + text.substring(at + 6), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatTheSourceDeletedStaysUnlessItIsMeant() {
    agreed();
    project.dev().execute("DELETE FROM pratiche_pratica WHERE id IN (7, 8)");
    project.prod().execute("UPDATE pratiche_pratica SET titolo = 'Mia' WHERE id = 8");

    project
        .sync("dev-to-prod", "--dry-run")
        .exits(0)
        .says("gone in dev, kept   pratiche.Pratica", "--propagate-deletes");
    JsonNode conflict =
        project
            .sync("dev-to-prod", "--dry-run", "--propagate-deletes", "--json")
            .exits(4)
            .result()
            .path("conflicts")
            .get(0);
    assertThat(conflict.path("kind").asText()).isEqualTo("deleted_in_source");
    assertThat(conflict.path("key").asText()).isEqualTo("8");

    project
        .sync("dev-to-prod", "--force", "--propagate-deletes", "--on-conflict", "target")
        .exits(0);
    assertThat(project.prod().database().rows("SELECT id FROM pratiche_pratica WHERE id IN (7, 8)"))
        .containsExactly("8");
  }

  @Test
  void aSavedPlanIsAppliedAsItStands() {
    project.sync("dev-to-prod", "--dry-run", "--save-plan", "plan.json").exits(0).says("plan.json");
    for (String name : List.of("plan.json", "plan.json.zst", "plan.manifest.json")) {
      assertThat(Project.mode(project.folder().resolve(name))).isEqualTo("rw-------");
    }
    project.sync("dev-to-prod", "--dry-run", "--save-plan", "plan.json").exits(2).says("already");
    // What the source changes meanwhile is not in the plan.
    project.dev().execute("UPDATE clienti_cliente SET tariffa = 99 WHERE id = 50");

    project.sync("apply", "plan.json").exits(5).says("--force");
    project.sync("apply", "plan.json", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);

    assertThat(rate(50)).isEqualTo("72.00");
    project
        .sync("apply", "plan.json", "--force", "--json")
        .exits(5)
        .status("refused")
        .says("the two sides synced since");
    project.sync("dev-to-prod", "--force").exits(0);
    assertThat(rate(50)).as("what both agree on is what the plan wrote").isEqualTo("99.00");
  }

  @Test
  void aSavedPlanThatIsStaleNamesWhatMoved() {
    agreed();
    project.dev().execute("UPDATE clienti_cliente SET nome = 'Anna' WHERE id = 1");
    project.sync("dev-to-prod", "--dry-run", "--save-plan", "plan.json").exits(0);
    project.prod().execute("UPDATE clienti_cliente SET nome = 'Altra' WHERE id = 1");
    Map<String, List<String>> before = project.prod().rows();

    project
        .sync("apply", "plan.json", "--force", "--json")
        .exits(5)
        .status("refused")
        .says("clienti.Cliente changed since");

    assertThat(project.prod().rows()).isEqualTo(before);
    project.sync("apply", "sync-config/sync.yaml", "--force").exits(2).says("is no saved plan");
  }

  @Test
  void anExactCopySaysWhatItWritesOver() {
    agreed();
    project.prod().execute("UPDATE clienti_cliente SET tariffa = 14 WHERE id = 4");

    project
        .sync("dev-to-prod", "--full-replace", "--force")
        .exits(0)
        .says("ATTENTION: one row that prod changed since the last sync");

    assertThat(rate(4)).isEqualTo("6.00");
  }
}
