package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sync import} of what Django's {@code dumpdata} writes: fixtures without a manifest. */
class ForeignFixtureIT {
  private Project project;

  @BeforeEach
  void open() {
    project = Project.everyday();
  }

  @AfterEach
  void close() {
    project.close();
  }

  /** Customer 50 as prod has it, in Django's spelling. */
  private static final String CUSTOMER =
      "{\"model\": \"clienti.cliente\", \"pk\": 50, \"fields\": {\"codice\": \"C50\", \"nome\":"
          + " \"Cliente 50\", \"tariffa\": \"75.00\", \"preferenze\": {\"lingua\": \"it\"},"
          + " \"visto\": \"2026-02-20T00:00:00.123Z\", \"responsabile\": [\"anna\"]}}";

  private static String pratica(int id, int customer) {
    return "{\"model\": \"pratiche.pratica\", \"pk\": %d, \"fields\": {\"titolo\": \"Pratica %d\", \"cliente\": %d}}"
        .formatted(id, id, customer);
  }

  private Ended importIt(String... more) {
    String[] all = {"import", "--env", "prod", "--input", "dump.json", "--force", "--json"};
    return project.sync(
        IntStream.range(0, all.length + more.length)
            .mapToObj(i -> i < all.length ? all[i] : more[i - all.length])
            .toArray(String[]::new));
  }

  private void refuses(int exitCode, String... messages) {
    Map<String, List<String>> before = project.prod().rows();
    importIt().exits(exitCode).says(messages);
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.dumps()).isEmpty();
  }

  @Test
  void whatOnlyDjangoCutsIsUnchangedAndIsNeverTakenFromTheTarget() {
    project.write("dump.json", "[" + CUSTOMER + "]");
    importIt().exits(0).counts(0, 0, 0, 1, 100).status("unchanged").says("no manifest beside");

    project.write("dump.json", "[" + CUSTOMER.replace("75.00", "80.00") + "]");
    Ended applied = importIt().exits(0).counts(0, 1, 0, 0, 100).status("applied");
    assertThat(applied.result().path("source").asText()).isEqualTo("fixture");
    assertThat(applied.result().path("fixture").path("records").asLong()).isEqualTo(1);
    assertThat(applied.result().path("fixture").path("sha256").asText()).hasSize(64);
    assertThat(
            project
                .prod()
                .database()
                .rows("SELECT tariffa, visto FROM clienti_cliente WHERE id = 50"))
        .singleElement()
        .asString()
        .contains("80.00", "00:00:00.123456");
    project.sync("history", "--env", "prod").exits(0).says("fixture");
    project.sync("rollback-last-sync", "--force").exits(0);
    assertThat(project.prod().customer(50)).singleElement().asString().contains("75.00");
  }

  @Test
  void modelsMayBeMixedAndReferForward() {
    project.write(
        "dump.json",
        IntStream.range(0, 3000)
            .mapToObj(
                i ->
                    pratica(1000 + i, 1000 + i)
                        + ",\n"
                        + CUSTOMER
                            .replace("\"pk\": 50", "\"pk\": " + (1000 + i))
                            .replace("\"C50\"", "\"C" + (1000 + i) + "\""))
            .collect(Collectors.joining(",\n", "[\n", "]\n")));
    importIt().exits(0).counts(6000, 0, 0, 0, 121);

    project.write("dump.json", pratica(5001, 1000) + "\n" + pratica(5002, 1001) + "\n\n");
    importIt().exits(0).counts(2, 0, 0, 0, 3020);
  }

  @Test
  void tablesWithoutRecordsAreNotConcerned() {
    project.write("dump.json", "[" + CUSTOMER + "]");
    Map<String, List<String>> before = project.prod().rows();

    importIt("--full-replace")
        .exits(5)
        .says("no records of pratiche.Pratica", "full replace would empty it", "--models");
    importIt("--models", "pratiche.Pratica")
        .exits(5)
        .says("no records of pratiche.Pratica", "clienti.Cliente, which was not asked for");
    assertThat(project.prod().rows()).isEqualTo(before);

    project.write("dump.json", "[" + pratica(1, 1) + "]");
    importIt("--full-replace", "--models", "pratiche.Pratica").exits(0).counts(0, 0, 19, 1, 0);
    assertThat(project.prod().rows().get("clienti_cliente"))
        .isEqualTo(before.get("clienti_cliente"));
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsPlace() {
    project.write("dump.json", "[" + CUSTOMER + ",\n{\"model\": \"auth.user\", \"fields\": {}}]");
    refuses(1, "record 2, line 2", "model auth.user is not among");
    project.write("dump.json", "[" + CUSTOMER.replace("\"nome\"", "\"cognome\"") + "]");
    refuses(1, "record 1 (clienti.cliente 50)", "field cognome is not known");
    project.write(
        "dump.json", "[" + CUSTOMER.replace("\"preferenze\": {\"lingua\": \"it\"},", "") + "]");
    refuses(1, "fields missing: preferenze");
    project.write("dump.json", "[" + CUSTOMER.replace("[\"anna\"]", "12") + "]");
    refuses(1, "field responsabile", "--natural-foreign");
    project.write("dump.json", "[" + CUSTOMER.replace("\"pk\": 50, ", "") + "]");
    refuses(1, "it has no pk", "match");
    project.write("dump.json", CUSTOMER + "\n" + CUSTOMER.substring(0, 50));
    refuses(1, "record 2", "line 2", "the file ends");
    project.write("dump.json", "[]");
    refuses(1, "has no records");
    project.write("dump.json", "[" + CUSTOMER + "," + CUSTOMER + "]");
    refuses(5, "clienti.Cliente 50 stands more than once");
    project.write("dump.json", "[" + pratica(1, 4711) + "]");
    refuses(5, "pratiche.Pratica 1", "it references by cliente_id is not in the target");
  }

  @Test
  void rowsRecognisedByMeaningKeepTheTargetsIds() {
    project.set(
        """
        tables: [{model: clienti.Cliente, match: [codice]}, pratiche.Pratica]
        exclude: [auth.User]
        references: {auth.User: {match: [username]}}
        """);
    String natural = pratica(1, 7).replace("\"cliente\": 7", "\"cliente\": [\"C50\"]");
    project.write(
        "dump.json", "[" + CUSTOMER.replace("\"pk\": 50", "\"pk\": 7777") + "," + natural + "]");
    importIt().exits(0).counts(0, 1, 0, 1, 119);
    assertThat(project.prod().customer(50)).hasSize(1);
    assertThat(project.prod().customer(7777)).isEmpty();
    assertThat(
            project.prod().database().rows("SELECT cliente_id FROM pratiche_pratica WHERE id = 1"))
        .singleElement()
        .asString()
        .contains("50");

    project.write("dump.json", "[" + pratica(1, 50) + "]");
    importIt().exits(1).says("field cliente", "dumpdata --natural-foreign --natural-primary");
  }
}
