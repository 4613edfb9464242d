package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables and migrations that differ between the two sides, and {@code --allow-drift}. */
@Tag("night")
class DriftIT {
  private static final String MIGRATIONS =
      "CREATE TABLE django_migrations (id serial PRIMARY KEY, app text, name text);"
          + " INSERT INTO django_migrations (app, name) VALUES ('clienti', '0001_initial'),"
          + " ('pratiche', '0001_initial')";

  private Project project;

  @BeforeEach
  void open() {
    project = Project.everyday();
    project.dev().execute(MIGRATIONS);
    project.prod().execute(MIGRATIONS);
  }

  @AfterEach
  void close() {
    project.close();
  }

  private Ended refused(String... arguments) {
    Map<String, List<String>> before = project.prod().rows();
    Ended ended = project.sync(arguments).exits(5).status("refused");
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.prod().hasLedger()).isFalse();
    assertThat(project.dumps()).isEmpty();
    return ended;
  }

  private List<String> prod(String columns, String where) {
    return project
        .prod()
        .database()
        .rows("SELECT id, %s FROM clienti_cliente WHERE %s ORDER BY id".formatted(columns, where));
  }

  @Test
  void aDevThatIsAheadIsToldByItsMigrationsAndMergedWhereItLosesNothing() {
    project
        .dev()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN telefono text, ADD COLUMN capo_id int"
                + " REFERENCES clienti_cliente",
            "INSERT INTO django_migrations (app, name) VALUES ('clienti', '0002_telefono'),"
                + " ('clienti', '0003_capo'), ('altro', '0001_initial')");

    refused("dev-to-prod", "--force", "--json")
        .says(
            "prod lacks 2 migrations that dev has: clienti.0002_telefono, clienti.0003_capo",
            "clienti.Cliente: column telefono is only in dev",
            "--allow-drift")
        .doesNotSay("altro");

    Ended merged = project.sync("dev-to-prod", "--allow-drift", "--force", "--json").exits(0);

    merged.status("applied").counts(2, 1, 0, 119, 1);
    assertThat(merged.result().path("drift").toString())
        .isEqualTo(
            "{\"columns\":["
                + "{\"table\":\"public.clienti_cliente\",\"label\":\"clienti.Cliente\","
                + "\"column\":\"telefono\",\"onlyIn\":\"source\"},"
                + "{\"table\":\"public.clienti_cliente\",\"label\":\"clienti.Cliente\","
                + "\"column\":\"capo_id\",\"onlyIn\":\"source\"}],"
                + "\"migrations\":[{\"table\":\"public.django_migrations\","
                + "\"names\":[\"clienti.0002_telefono\",\"clienti.0003_capo\"],"
                + "\"onlyIn\":\"source\"}]}");
    assertThat(project.prod().set()).containsAll(project.dev().set());
  }

  @Test
  void aValueThatWouldBeLostIsRefusedWithItsRows() {
    project
        .dev()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN telefono text",
            "UPDATE clienti_cliente SET telefono = '0432 999' WHERE id IN (7, 50)");

    for (List<String> more : List.of(List.of("--dry-run"), List.of("--force"))) {
      refused("dev-to-prod", "--allow-drift", "--json", more.get(0))
          .says("clienti.Cliente.telefono has a value in 2 rows: 7; 50")
          .doesNotSay("0432");
    }
  }

  @Test
  void aProdThatIsAheadKeepsWhatItHasAndFillsNewRowsItself() {
    project
        .prod()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN telefono text,"
                + " ADD COLUMN stato text NOT NULL DEFAULT 'nuovo',"
                + " ADD COLUMN segnalatore_id int REFERENCES clienti_cliente,"
                + " ADD COLUMN doppio numeric GENERATED ALWAYS AS (tariffa * 2) STORED",
            "UPDATE clienti_cliente SET telefono = '0432 ' || id, stato = 'attivo', segnalatore_id"
                + " = 1 WHERE id IN (50, 51, 102)");
    String columns = "tariffa, telefono, stato, segnalatore_id, doppio";
    assertThat(prod(columns, "id > 49 AND id < 52 OR id > 100"))
        .containsExactly(
            "50|75.00|0432 50|attivo|1|150.00",
            "51|76.50|0432 51|attivo|1|153.00",
            "102|5.00|0432 102|attivo|1|10.00");
    Ended told = project.sync("dev-to-prod", "--dry-run", "--allow-drift").exits(0);
    told.says(
        "clienti.Cliente.telefono is only in prod: rows keep what they have there, new ones get its"
            + " default",
        "clienti.Cliente.stato is only in prod");
    told.doesNotSay("doppio");

    project.sync("dev-to-prod", "--allow-drift", "--force", "--json").counts(2, 1, 0, 119, 1);

    assertThat(prod(columns, "id > 49 AND id < 52 OR id > 100"))
        .containsExactly(
            "50|72.00|0432 50|attivo|1|144.00",
            "51|76.50|0432 51|attivo|1|153.00",
            "101|48.50|\\N|nuovo|\\N|97.00",
            "102|5.00|0432 102|attivo|1|10.00");
    project
        .sync("dev-to-prod", "--allow-drift", "--force", "--json")
        .status("unchanged")
        .counts(0, 0, 0, 122, 1);

    project.sync("rollback-last-sync", "--force").exits(0);
    assertThat(prod(columns, "id > 49 AND id < 52 OR id > 100"))
        .containsExactly(
            "50|75.00|0432 50|attivo|1|150.00",
            "51|76.50|0432 51|attivo|1|153.00",
            "102|5.00|0432 102|attivo|1|10.00");
  }

  @Test
  void anImportComparesWithTheFixture() {
    project.sync("export", "--env", "dev", "--output", "out.json").exits(0);
    project
        .prod()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN telefono text DEFAULT 'da chiedere'",
            "UPDATE clienti_cliente SET telefono = NULL",
            "INSERT INTO django_migrations (app, name) VALUES ('clienti', '0002_telefono')");

    refused("import", "--env", "prod", "--input", "out.json", "--force", "--json")
        .says(
            "clienti.Cliente: column telefono is only in prod",
            "the fixture lacks 1 migration that prod has: clienti.0002_telefono");
    JsonNode drift =
        project
            .sync(
                "import",
                "--env",
                "prod",
                "--input",
                "out.json",
                "--allow-drift",
                "--force",
                "--json")
            .exits(0)
            .counts(2, 1, 0, 119, 1)
            .result()
            .path("drift");

    assertThat(drift.path("columns").get(0).path("onlyIn").asText()).isEqualTo("target");
    assertThat(drift.path("migrations").get(0).path("names").get(0).asText())
        .isEqualTo("clienti.0002_telefono");
    assertThat(prod("telefono", "id >= 100"))
        .containsExactly("100|\\N", "101|da chiedere", "102|\\N");
  }

  @Test
  void whatCouldLoseSomethingIsRefusedAlsoWithAllowDrift() {
    project
        .dev()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN fax varchar(20)",
            "ALTER TABLE pratiche_pratica ADD COLUMN nota text");
    project
        .prod()
        .execute(
            "ALTER TABLE clienti_cliente ADD COLUMN telefax varchar(20), ALTER COLUMN nome DROP NOT"
                + " NULL, ALTER COLUMN tariffa TYPE numeric(6,2)",
            "ALTER TABLE pratiche_pratica ADD COLUMN anno int NOT NULL DEFAULT 2026",
            "ALTER TABLE pratiche_pratica ALTER COLUMN anno DROP DEFAULT");

    refused("dev-to-prod", "--allow-drift", "--force", "--json")
        .says(
            "clienti.Cliente: column fax is only in dev",
            "clienti.Cliente: column telefax is only in prod",
            "It looks like telefax under another name",
            "clienti.Cliente.nome is text not null in dev, text in prod",
            "clienti.Cliente.tariffa is numeric(8,2) not null in dev, numeric(6,2) not null in"
                + " prod",
            "pratiche.Pratica: column anno is only in prod, NOT NULL and without a default")
        .doesNotSay("column nota");
  }

  @Test
  void aFullReplaceThatWouldReachAColumnLeftOutIsRefused() {
    project
        .prod()
        .execute(
            "ALTER TABLE pratiche_pratica ADD COLUMN referente_id int REFERENCES clienti_cliente ON"
                + " DELETE SET NULL",
            "UPDATE pratiche_pratica SET referente_id = 102 WHERE id = 1");

    refused("dev-to-prod", "--allow-drift", "--full-replace", "--force", "--json")
        .says("pratiche.Pratica.referente_id is only in the target, and references rows of");
    project.sync("dev-to-prod", "--allow-drift", "--force", "--json").counts(2, 1, 0, 119, 1);
    assertThat(
            project
                .prod()
                .database()
                .rows("SELECT referente_id FROM pratiche_pratica WHERE id = 1"))
        .containsExactly("102");
  }

  @Test
  void prodToDevTakesTheSameCare() {
    project
        .dev()
        .execute("ALTER TABLE clienti_cliente ADD COLUMN telefono text DEFAULT 'da chiedere'");

    project.sync("prod-to-dev", "--force").exits(5).says("column telefono is only in dev");
    project.sync("prod-to-dev", "--allow-drift", "--force", "--json").exits(0);

    assertThat(project.dev().database().rows("SELECT telefono FROM clienti_cliente WHERE id = 102"))
        .containsExactly("da chiedere");
    project.sync("doctor").exits(5).says("column telefono is only in dev");
  }
}
