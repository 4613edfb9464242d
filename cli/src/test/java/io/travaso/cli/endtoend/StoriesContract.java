package io.travaso.cli.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.testing.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two people do in dev and in prod, day by day: the stories of docs/merging.md. */
abstract class StoriesContract {
  private Project project;

  abstract Engine engine();

  /** It is morning, and both sides agreed last night: dev pushed. */
  @BeforeEach
  void lastNight() {
    project = Project.everyday(engine(), engine());
    push().exits(0);
  }

  @AfterEach
  void close() {
    project.close();
  }

  private Ended push(String... more) {
    return sync("dev-to-prod", more);
  }

  private Ended pull(String... more) {
    return sync("prod-to-dev", more);
  }

  private Ended sync(String direction, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = direction;
    arguments[1] = "--force";
    arguments[2] = "--json";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return project.sync(arguments);
  }

  private void inDev(String... sql) {
    project.dev().execute(sql);
  }

  private void inProd(String... sql) {
    project.prod().execute(sql);
  }

  /** The name and the rate of a customer. */
  private static String customer(Office office, int id) {
    List<String> rows =
        office.database().rows("SELECT nome, tariffa FROM clienti_cliente WHERE id = " + id);
    return rows.isEmpty() ? "gone" : rows.get(0);
  }

  private String inDev(int id) {
    return customer(project.dev(), id);
  }

  private String inProd(int id) {
    return customer(project.prod(), id);
  }

  private static int total(Ended run, String count) {
    return run.result().path("totals").path(count).asInt();
  }

  private static int changes(Ended run) {
    return total(run, "created") + total(run, "updated") + total(run, "deleted");
  }

  @Test
  void aColleagueCorrectedAPhoneNumberInProdYesterday() {
    inProd("UPDATE clienti_cliente SET nome = 'Cliente 7, tel. 0832 1234' WHERE id = 7");
    inDev("UPDATE clienti_cliente SET nome = 'Cliente 8 & figli' WHERE id = 8");

    Ended push = push().exits(0);

    assertThat(inProd(7)).as("the colleague's work").isEqualTo("Cliente 7, tel. 0832 1234|10.50");
    assertThat(inProd(8)).as("mine").isEqualTo("Cliente 8 & figli|12.00");
    assertThat(total(push, "keptTarget")).isEqualTo(1);
    assertThat(total(push, "updated")).isEqualTo(1);

    pull().exits(0);
    assertThat(inDev(7)).as("and dev has it, too").isEqualTo("Cliente 7, tel. 0832 1234|10.50");
  }

  @Test
  void bothEditedTheSameCustomerInDifferentColumns() {
    inDev("UPDATE clienti_cliente SET nome = 'Rossi e Bianchi' WHERE id = 7");
    inProd("UPDATE clienti_cliente SET tariffa = 99 WHERE id = 7");

    assertThat(total(push().exits(0), "merged")).isEqualTo(1);

    assertThat(inProd(7)).isEqualTo("Rossi e Bianchi|99.00");
    assertThat(inDev(7)).isEqualTo("Rossi e Bianchi|10.50");
    pull().exits(0);
    assertThat(inDev(7)).isEqualTo("Rossi e Bianchi|99.00");
  }

  @Test
  void bothEditedTheSameField() {
    inDev("UPDATE clienti_cliente SET nome = 'Rossi' WHERE id = 7");
    inProd("UPDATE clienti_cliente SET nome = 'Rosso' WHERE id = 7");
    Map<String, List<String>> prod = project.prod().rows();

    Ended stopped = push().exits(4).status("conflicts");

    assertThat(project.prod().rows()).isEqualTo(prod);
    JsonNode conflict = stopped.result().path("conflicts").get(0);
    assertThat(conflict.path("column").asText()).isEqualTo("nome");
    assertThat(conflict.path("source").asText()).isEqualTo("Rossi");
    assertThat(conflict.path("target").asText()).isEqualTo("Rosso");

    project.sync("resolve", "dev-to-prod", "--output", "decisions.yaml").exits(0);
    Path decisions = project.folder().resolve("decisions.yaml");
    decide(decisions, "dev");

    // Meanwhile the colleague goes on: what was decided was decided about something else.
    inProd("UPDATE clienti_cliente SET nome = 'Russo' WHERE id = 7");
    push("--decisions", "decisions.yaml").exits(5).says("7");
    assertThat(inProd(7)).isEqualTo("Russo|10.50");

    project
        .sync("resolve", "dev-to-prod", "--output", "decisions.yaml", "--force-overwrite")
        .exits(0);
    decide(decisions, "dev");
    push("--decisions", "decisions.yaml").exits(0).status("applied");
    assertThat(inProd(7)).isEqualTo("Rossi|10.50");
    assertThat(changes(pull().exits(0))).as("nothing is left to be argued about").isEqualTo(1);
    assertThat(inDev(7)).isEqualTo("Rossi|10.50");
  }

  private static void decide(Path file, String side) {
    try {
      String text = Files.readString(file, UTF_8);
      assertThat(text).contains("take: \n");
      Files.writeString(file, text.replace("take: \n", "take: " + side + "\n"), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bothMadeACustomer102() {
    // Prod's was there yesterday already; dev's sequence says 102 is next.
    inDev(
        "INSERT INTO clienti_cliente (codice, nome, tariffa) VALUES ('D1', 'Di dev', 7)",
        "INSERT INTO pratiche_pratica (titolo, cliente_id) SELECT 'Di dev', id FROM clienti_cliente"
            + " WHERE codice = 'D1'");
    assertThat(inDev(102)).isEqualTo("Di dev|7.00");
    assertThat(inProd(102)).isEqualTo("Altro|5.00");

    Ended stopped = push().exits(4).status("conflicts");

    assertThat(total(stopped, "collisions")).isEqualTo(1);
    assertThat(stopped.result().path("conflicts").get(0).path("kind").asText())
        .isEqualTo("new_on_both");
    push("--on-conflict", "source").exits(4);

    project.sync("renumber", "dev", "clienti.Cliente", "102", "--force").exits(0);
    push().exits(0);

    assertThat(inProd(102)).as("prod's").isEqualTo("Altro|5.00");
    assertThat(
            project
                .prod()
                .database()
                .rows(
                    "SELECT c.nome, p.titolo FROM clienti_cliente c JOIN pratiche_pratica p"
                        + " ON p.cliente_id = c.id WHERE codice = 'D1'"))
        .as("dev's, with what belongs to it")
        .containsExactly("Di dev|Di dev");
    pull().exits(0);
    assertThat(project.prod().set()).isEqualTo(project.dev().set());
  }

  @Test
  void theDailyCircle() {
    inProd("UPDATE clienti_cliente SET nome = 'Corretto' WHERE id = 3");

    pull().exits(0);
    inDev(
        "UPDATE clienti_cliente SET tariffa = 100 WHERE id = 3",
        "INSERT INTO clienti_cliente (codice, nome, tariffa) VALUES ('N', 'Nuovo nuovo', 1)");
    inProd("UPDATE clienti_cliente SET nome = 'Nel frattempo' WHERE id = 4");
    push().exits(0);
    pull().exits(0);

    assertThat(project.prod().set()).isEqualTo(project.dev().set());
    assertThat(inDev(3)).isEqualTo("Corretto|100.00");
    assertThat(inDev(4)).isEqualTo("Nel frattempo|6.00");
    List<String> dumps = project.dumps();
    assertThat(changes(push().exits(0).status("unchanged"))).isZero();
    assertThat(changes(pull().exits(0).status("unchanged"))).isZero();
    assertThat(changes(push().exits(0).status("unchanged"))).isZero();
    assertThat(project.dumps()).isEqualTo(dumps);
  }

  @Test
  void whatWasDeletedInProdStaysDeleted() {
    inProd("DELETE FROM pratiche_pratica WHERE id = 9");

    assertThat(total(push().exits(0), "keptTarget")).isEqualTo(1);

    assertThat(cases(project.prod())).doesNotContain("9");
    pull().exits(0).says("\"goneInSource\":1");
    assertThat(cases(project.dev())).as("nobody said it was to go here").contains("9");
    push().exits(0);
    assertThat(cases(project.prod())).as("and still it does not rise again").doesNotContain("9");
    pull("--propagate-deletes").exits(0);
    assertThat(cases(project.dev())).doesNotContain("9");
  }

  private static List<String> cases(Office office) {
    return office.database().rows("SELECT id FROM pratiche_pratica");
  }

  @Test
  void aPushThatIsRegretted() {
    inDev(
        "UPDATE clienti_cliente SET tariffa = 1 WHERE id BETWEEN 10 AND 19",
        "INSERT INTO clienti_cliente (id, codice, nome, tariffa) VALUES (300, 'E', 'Errore', 1)");
    push().exits(0);
    inProd("UPDATE clienti_cliente SET nome = 'Dopo il push' WHERE id = 20");

    project.sync("undo-last-sync", "--force").exits(0);

    assertThat(inProd(10)).isEqualTo("Cliente 10|15.00");
    assertThat(inProd(300)).isEqualTo("gone");
    assertThat(inProd(20)).as("what prod did since").isEqualTo("Dopo il push|30.00");
    // Dev still has what was regretted, and may push it another day.
    Ended again = project.sync("dev-to-prod", "--dry-run", "--json").exits(0);
    assertThat(total(again, "created")).isEqualTo(1);
    assertThat(total(again, "updated")).isEqualTo(10);
    assertThat(total(again, "keptTarget")).isEqualTo(1);
  }

  @Test
  void aPlanThatWaitedForItsApproval() {
    inDev("UPDATE clienti_cliente SET tariffa = 70 WHERE id = 7");
    Ended planned =
        project.sync("dev-to-prod", "--dry-run", "--save-plan", "plan.json", "--json").exits(0);
    assertThat(total(planned, "updated")).isEqualTo(1);
    // What is done in dev afterwards was not approved.
    inDev("UPDATE clienti_cliente SET tariffa = 80 WHERE id = 8");

    project.sync("apply", "plan.json", "--force").exits(0);

    assertThat(inProd(7)).isEqualTo("Cliente 7|70.00");
    assertThat(inProd(8)).isEqualTo("Cliente 8|12.00");
    project.sync("apply", "plan.json", "--force").exits(5);
    assertThat(total(push().exits(0), "updated")).isEqualTo(1);
  }

  @Test
  void aPlanThatWaitedTooLong() {
    inDev("UPDATE clienti_cliente SET tariffa = 70 WHERE id = 7");
    project.sync("dev-to-prod", "--dry-run", "--save-plan", "plan.json").exits(0);
    inProd("UPDATE clienti_cliente SET nome = 'Altro nome' WHERE id = 7");
    Map<String, List<String>> prod = project.prod().rows();

    project.sync("apply", "plan.json", "--force").exits(5).says("clienti.Cliente");

    assertThat(project.prod().rows()).isEqualTo(prod);
  }
}
