package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.SyncException.Kind;
import io.travaso.site.TableShape.ColumnShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDriftTest {
  private static final ColumnShape ID = new ColumnShape("id", "bigint", false);
  private static final ColumnShape NAME = new ColumnShape("name", "text", false);

  private static TableShape cliente(ColumnShape... columns) {
    return new TableShape("public.cliente", "app.Cliente", List.of("id"), List.of(columns));
  }

  private static List<String> between(TableShape source, TableShape... targets) {
    List<Finding> findings = SchemaDrift.between("dev", List.of(source), "prod", List.of(targets));
    assertThat(findings).allMatch(Finding::isProblem);
    assertThat(findings).extracting(Finding::kind).allMatch(Kind.REFUSED::equals);
    return findings.stream().map(Finding::what).toList();
  }

  @Test
  void saysNothingOfEqualTables() {
    assertThat(between(cliente(ID, NAME), cliente(ID, NAME))).isEmpty();
  }

  @Test
  void leavesTheOrderOfColumnsAndTheTargetsFurtherTablesAside() {
    TableShape other = new TableShape("public.other", "other", List.of("id"), List.of(ID));

    assertThat(between(cliente(ID, NAME), other, cliente(NAME, ID))).isEmpty();
  }

  @Test
  void namesATableThatTheTargetDoesNotHave() {
    assertThat(between(cliente(ID)))
        .containsExactly("Schema drift: app.Cliente is in dev but not among the tables of prod");
  }

  @Test
  void namesEveryColumnThatDiffers() {
    assertThat(
            between(
                cliente(ID, NAME, new ColumnShape("new", "date", true)),
                cliente(
                    new ColumnShape("id", "integer", false),
                    new ColumnShape("name", "text", true),
                    new ColumnShape("old", "date", true))))
        .containsExactly(
            "Schema drift: app.Cliente.id is bigint not null in dev, integer not null in prod",
            "Schema drift: app.Cliente.name is text not null in dev, text in prod",
            "Schema drift: app.Cliente: column new is only in dev",
            "Schema drift: app.Cliente: column old is only in prod");
  }

  @Test
  void namesWhatRowsAreRecognisedBy() {
    TableShape byName =
        new TableShape("public.cliente", "app.Cliente", List.of("name"), List.of(ID, NAME));

    assertThat(between(cliente(ID, NAME), byName))
        .containsExactly(
            "Schema drift: app.Cliente: rows are recognised by [id] in dev, by [name] in prod");
  }
}
