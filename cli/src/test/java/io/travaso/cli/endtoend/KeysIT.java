package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two customers under one key, and how not to have them. */
class KeysIT {
  private Project project;

  @BeforeEach
  void open() {
    open(Engine.POSTGRESQL);
  }

  private void open(Engine engine) {
    project = Project.everyday(engine, engine);
    project
        .dev()
        .execute(
            "INSERT INTO clienti_cliente (id, codice, nome, tariffa)"
                + " VALUES (102, 'D102', 'Quello di dev', 7)",
            "INSERT INTO pratiche_pratica (titolo, cliente_id) VALUES ('Pratica 22', 102)");
  }

  private void reopen(Engine engine) {
    if (engine != Engine.POSTGRESQL) {
      close();
      open(engine);
    }
  }

  @AfterEach
  void close() {
    project.close();
  }

  private static List<String> customers(Office office) {
    return office
        .database()
        .rows("SELECT id, codice FROM clienti_cliente WHERE id > 100 ORDER BY id");
  }

  @ParameterizedTest
  @EnumSource
  void aFreshKeyLetsBothRowsLive(Engine engine) {
    reopen(engine);
    Ended dry = project.sync("renumber", "dev", "clienti.Cliente", "102", "--dry-run").exits(0);
    dry.says("102 -> 103", "1 reference in", "cliente_id");
    assertThat(customers(project.dev())).containsExactly("101|C101", "102|D102");
    assertThat(project.dev().hasLedger()).isFalse();

    project.sync("renumber", "dev", "clienti.Cliente", "102").exits(5);
    JsonNode result =
        project
            .sync("renumber", "dev", "clienti.Cliente", "102", "--force", "--json")
            .exits(0)
            .result();
    assertThat(result.path("status").asText()).isEqualTo("applied");
    assertThat(result.path("result").path("keys").get(0).path("fresh").asLong()).isEqualTo(103);
    assertThat(customers(project.dev())).containsExactly("101|C101", "103|D102");

    JsonNode run =
        project.sync("history", "--env", "dev", "--json").exits(0).result().path("runs").get(0);
    assertThat(run.path("command").asText()).isEqualTo("renumber");
    assertThat(run.path("outcome").asText()).isEqualTo("applied");
    assertThat(run.path("updated").asInt()).isEqualTo(2);
    project.sync("rollback-last-sync", "--env", "dev", "--dry-run").exits(1);

    project.sync("dev-to-prod", "--force").exits(0);
    assertThat(customers(project.prod())).containsExactly("101|C101", "102|C102", "103|D102");
    assertThat(
            project
                .prod()
                .database()
                .rows("SELECT cliente_id FROM pratiche_pratica WHERE titolo = 'Pratica 22'"))
        .containsExactly("103");

    // Both know it by that key now.
    project
        .sync("renumber", "dev", "clienti.Cliente", "103", "--dry-run")
        .exits(5)
        .says("agreed", "--force");
    project.sync("renumber", "dev", "clienti.Cliente", "103", "--dry-run", "--force").exits(0);
  }

  @Test
  void aProtectedEnvironmentIsToBeNamed() {
    project.typing("y\n", "renumber", "prod", "clienti_cliente", "102").exits(5);
    assertThat(customers(project.prod())).containsExactly("102|C102");
    // The second yes is for the mark.
    project.typing("prod\ny\n", "renumber", "prod", "clienti_cliente", "102").exits(0);
    assertThat(customers(project.prod())).containsExactly("103|C102");
  }

  @Test
  void theOtherEnvironmentsAreAskedWhichKeysTheyHave() {
    project
        .sync("renumber", "dev", "clienti.Cliente", "101", "--to", "50", "--force")
        .exits(5)
        .says("prod has a row");
    project
        .prod()
        .execute(
            "INSERT INTO clienti_cliente (id, codice, nome, tariffa) VALUES (900, 'x', 'x', 1)");
    project
        .sync("renumber", "dev", "clienti.Cliente", "101", "102", "--dry-run")
        .exits(0)
        .says("101 -> 901", "102 -> 902");
    project.variable("PROD_PASSWORD", "wrong");
    project
        .sync("renumber", "dev", "clienti.Cliente", "102", "--dry-run")
        .exits(0)
        .says("prod can't be asked", "102 -> 103");
  }

  @Test
  void wrongArgumentsAreTold() {
    project.sync("renumber", "dev", "clienti.Cliente").exits(2).says("KEY");
    project.sync("renumber", "dev", "clienti.Cliente", "1", "2", "--to", "3").exits(2).says("--to");
    project.sync("renumber", "dev", "clienti.Clienti", "1").exits(2).says("Did you mean");
    project.sync("renumber", "dev", "altro", "1").exits(5).says("draws no numbers");
    project.sync("renumber", "dev", "clienti.Cliente", "abc").exits(2);
    project.sync("sequences", "--split", "--join").exits(2).says("opposites");
    project.sync("sequences", "--dry-run").exits(2).says("--split");
  }

  @Test
  void eachSideDrawsFromNumbersOfItsOwn() {
    project.sync("doctor").exits(0).says("draw the keys of new rows from the same numbers");
    project.sync("sequences").exits(0).says("clienti_cliente_id_seq", "INCREMENT");
    project.sync("sequences", "--split", "--dry-run").exits(0).says("every second number");
    project.sync("sequences", "--split").exits(5);
    project.sync("sequences", "--split", "--force").exits(0);
    project.sync("doctor").exits(0).doesNotSay("from the same numbers");
    project.sync("sequences", "--split", "--force").exits(0).says("drawn so already");

    project.dev().execute("INSERT INTO pratiche_pratica (titolo, cliente_id) VALUES ('d', 1)");
    project.prod().execute("INSERT INTO pratiche_pratica (titolo, cliente_id) VALUES ('p', 1)");
    String id = "SELECT id % 2 FROM pratiche_pratica WHERE titolo = ";
    assertThat(project.dev().database().rows(id + "'d'")).containsExactly("1");
    assertThat(project.prod().database().rows(id + "'p'")).containsExactly("0");

    project.sync("sequences", "--join", "--force").exits(0).says("all numbers");
    project.sync("doctor").exits(0).says("from the same numbers");
  }

  @Test
  void whereRowsGoOneWayNobodyIsWarned() {
    project.more("mode: dev_to_prod\n");
    project.sync("doctor").exits(0).doesNotSay("from the same numbers");
  }

  @Test
  void autoIncrementOfOneServerIsRefused() {
    reopen(Engine.MARIADB);
    project.sync("sequences").exits(0).says("AUTO_INCREMENT");
    project.sync("sequences", "--split", "--force").exits(5).says("on one server");
  }
}
