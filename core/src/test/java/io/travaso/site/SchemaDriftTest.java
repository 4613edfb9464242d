package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.SyncException.Kind;
import io.travaso.site.AllowedDrift.ColumnDrift;
import io.travaso.site.AllowedDrift.MigrationDrift;
import io.travaso.site.TableShape.ColumnShape;
import io.travaso.table.MigrationHistory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaDriftTest {
  private static final ColumnShape ID = column("id", "bigint", false, true);
  private static final ColumnShape NAME = column("name", "text", false, false);

  private static ColumnShape column(
      String name, String type, boolean nullable, boolean hasDefault) {
    return new ColumnShape(name, type, nullable, hasDefault, "", "");
  }

  private static TableShape cliente(ColumnShape... columns) {
    return cliente(List.of(), columns);
  }

  private static TableShape cliente(List<String> generated, ColumnShape... columns) {
    return new TableShape(
        "public.cliente", "app.Cliente", List.of("id"), List.of(columns), generated);
  }

  private static SchemaDrift drift(TableShape source, TableShape... targets) {
    return SchemaDrift.between(
        new SchemaDrift.Side("dev", "one", List.of(source), List.of()),
        new SchemaDrift.Side("prod", "one", List.of(targets), List.of()));
  }

  private static SchemaDrift drift(List<MigrationHistory> dev, List<MigrationHistory> prod) {
    return SchemaDrift.between(
        new SchemaDrift.Side("dev", "one", List.of(), dev),
        new SchemaDrift.Side("prod", "one", List.of(), prod));
  }

  private static List<String> problems(SchemaDrift drift) {
    return texts(drift.problems(false));
  }

  private static List<String> problemsAllTheSame(SchemaDrift drift) {
    return texts(drift.problems(true));
  }

  private static List<String> texts(List<Finding> findings) {
    assertThat(findings).allMatch(Finding::isProblem);
    assertThat(findings).extracting(Finding::kind).allMatch(Kind.REFUSED::equals);
    assertThat(findings)
        .extracting(Finding::what)
        .allMatch(what -> what.startsWith("Schema drift: "));
    return findings.stream().map(f -> f.what().substring("Schema drift: ".length())).toList();
  }

  @Test
  void saysNothingOfEqualTables() {
    SchemaDrift drift = drift(cliente(ID, NAME), cliente(ID, NAME));

    assertThat(problems(drift)).isEmpty();
    assertThat(drift.harmless().isEmpty()).isTrue();
  }

  @Test
  void leavesTheOrderOfColumnsDefaultsAndTheTargetsFurtherTablesAside() {
    TableShape other =
        new TableShape("public.other", "other", List.of("id"), List.of(ID), List.of());

    assertThat(
            problems(
                drift(cliente(ID, NAME), other, cliente(column("name", "text", false, true), ID))))
        .isEmpty();
  }

  @Test
  void namesATableThatTheTargetDoesNotHave() {
    SchemaDrift drift = drift(cliente(ID));

    assertThat(problems(drift))
        .containsExactly("app.Cliente is in dev but not among the tables of prod")
        .isEqualTo(problemsAllTheSame(drift));
  }

  @Test
  void namesEveryColumnThatDiffers() {
    SchemaDrift drift =
        drift(
            cliente(ID, NAME, column("new", "date", true, false)),
            cliente(
                column("id", "integer", false, true),
                column("name", "text", true, false),
                column("old", "text", true, false)));

    assertThat(problems(drift))
        .containsExactly(
            "app.Cliente.id is bigint not null in dev, integer not null in prod",
            "app.Cliente.name is text not null in dev, text in prod",
            "app.Cliente: column new is only in dev",
            "app.Cliente: column old is only in prod");
    assertThat(problemsAllTheSame(drift)).isEqualTo(problems(drift).subList(0, 2));
  }

  @Test
  void namesWhatRowsAreRecognisedBy() {
    TableShape byName =
        new TableShape(
            "public.cliente", "app.Cliente", List.of("name"), List.of(ID, NAME), List.of());
    SchemaDrift drift = drift(cliente(ID, NAME), byName);

    assertThat(problems(drift))
        .containsExactly("app.Cliente: rows are recognised by [id] in dev, by [name] in prod")
        .isEqualTo(problemsAllTheSame(drift));
  }

  @Test
  void namesAForeignKeyThatMakesAFixtureDifferent() {
    ColumnShape key = new ColumnShape("capo_id", "int", true, false, "", "capo");
    ColumnShape plain = new ColumnShape("capo_id", "int", true, false, "", "capo_id");
    SchemaDrift drift = drift(cliente(ID, key), cliente(ID, plain));

    assertThat(problems(drift))
        .containsExactly(
            "app.Cliente.capo_id has another foreign key: a fixture has it as capo in dev, as"
                + " capo_id in prod")
        .isEqualTo(problemsAllTheSame(drift));
    assertThat(
            problems(drift(cliente(ID, key), cliente(ID, column("capo_id", "int", true, false)))))
        .as("a manifest does not say")
        .isEmpty();
  }

  @Test
  void aColumnOfTheTargetsMayBeLeftOutWhereNewRowsDoWithoutIt() {
    SchemaDrift drift =
        drift(
            cliente(ID),
            cliente(
                ID,
                column("nullable", "text", true, false),
                column("filled", "text", false, true),
                column("needed", "text", false, false)));

    assertThat(problems(drift))
        .containsExactly(
            "app.Cliente: column nullable is only in prod",
            "app.Cliente: column filled is only in prod",
            "app.Cliente: column needed is only in prod, NOT NULL and without a default");
    assertThat(problemsAllTheSame(drift)).isEqualTo(problems(drift).subList(2, 3));
    assertThat(drift.harmless().columns())
        .containsExactly(
            new ColumnDrift("public.cliente", "app.Cliente", "nullable", AllowedDrift.Side.TARGET),
            new ColumnDrift("public.cliente", "app.Cliente", "filled", AllowedDrift.Side.TARGET));
  }

  @Test
  void aColumnThatMayHaveBeenRenamedIsNeverLeftOut() {
    SchemaDrift drift =
        drift(
            cliente(ID, column("telefono", "text", true, false)),
            cliente(ID, column("tel", "text", true, false)));

    assertThat(problemsAllTheSame(drift))
        .containsExactly(
            "app.Cliente: column telefono is only in dev",
            "app.Cliente: column tel is only in prod");
    assertThat(drift.problems(true))
        .extracting(Finding::hint)
        .allMatch(hint -> hint.startsWith("It looks like te"));
    assertThat(drift.harmless().isEmpty()).isTrue();
  }

  @Test
  void aGeneratedColumnOfOneSideIsNobodysBusiness() {
    assertThat(problems(drift(cliente(List.of("total"), ID), cliente(ID)))).isEmpty();
    assertThat(problems(drift(cliente(ID), cliente(List.of("total"), ID)))).isEmpty();
  }

  @Test
  void aColumnThatOnlyOneSideComputesIsRefused() {
    ColumnShape total = column("total", "numeric", true, false);

    assertThat(problemsAllTheSame(drift(cliente(List.of("total"), ID), cliente(ID, total))))
        .containsExactly("app.Cliente.total is generated in dev, not in prod");
    assertThat(problemsAllTheSame(drift(cliente(ID, total), cliente(List.of("total"), ID))))
        .containsExactly("app.Cliente.total is generated in prod, not in dev");
  }

  @Test
  void namesTheMigrationsThatEachSideLacks() {
    SchemaDrift drift =
        drift(
            List.of(history("django_migrations", "a.0001", "a.0002", "b.0003")),
            List.of(history("django_migrations", "a.0001", "c.0001")));

    assertThat(problems(drift))
        .containsExactly(
            "prod lacks 2 migrations that dev has: a.0002, b.0003",
            "dev lacks 1 migration that prod has: c.0001");
    assertThat(problemsAllTheSame(drift)).isEmpty();
    assertThat(drift.harmless().migrations())
        .containsExactly(
            new MigrationDrift(
                "public.django_migrations", List.of("a.0002", "b.0003"), AllowedDrift.Side.SOURCE),
            new MigrationDrift(
                "public.django_migrations", List.of("c.0001"), AllowedDrift.Side.TARGET));
  }

  @Test
  void namesTheFirstOfManyMigrations() {
    String[] many = IntStream.range(100, 123).mapToObj(i -> "a.0" + i).toArray(String[]::new);

    assertThat(
            problems(
                drift(
                    List.of(history("django_migrations", many)),
                    List.of(history("django_migrations")))))
        .containsExactly(
            "prod lacks 23 migrations that dev has: a.0100, a.0101, a.0102, a.0103, a.0104, a.0105,"
                + " a.0106, a.0107, a.0108, a.0109, … and 13 more");
  }

  @Test
  void saysNothingOfMigrationsThatOnlyOneSideKeepsAListOf() {
    assertThat(
            problems(
                drift(
                    List.of(history("django_migrations", "a.0001")),
                    List.of(history("flyway_schema_history", "V1__a.sql")))))
        .isEmpty();
  }

  private static MigrationHistory history(String table, String... applied) {
    return new MigrationHistory("public." + table, List.of(applied));
  }

  private static SchemaDrift across(ColumnShape here, ColumnShape there) {
    return SchemaDrift.between(
        new SchemaDrift.Side("dev", "one", List.of(cliente(ID_THERE, here)), List.of()),
        new SchemaDrift.Side("prod", "other", List.of(cliente(ID_THERE, there)), List.of()));
  }

  private static final ColumnShape ID_THERE = holding("bigint(20)", "integer");

  private static ColumnShape holding(String type, String holds) {
    return new ColumnShape(type.startsWith("bigint") ? "id" : "v", type, false, true, holds, "");
  }

  @Test
  void typesOfAnotherEngineAreComparedByWhatTheyHold() {
    ColumnShape numeric = holding("numeric(12,2)", "decimal(12,2)");
    assertThat(problems(across(numeric, holding("decimal(12,2)", "decimal(12,2)")))).isEmpty();
    assertThat(problems(across(numeric, holding("decimal(12,3)", "decimal(12,3)"))))
        .containsExactly(
            "app.Cliente.v is numeric(12,2) not null in dev, decimal(12,3) not null in prod");
    assertThat(problemsAllTheSame(across(numeric, holding("longtext", "text"))))
        .containsExactly(
            "app.Cliente.v is numeric(12,2) in dev, whose values have no exact home in the longtext"
                + " of prod");
    assertThat(
            problems(
                across(
                    numeric,
                    new ColumnShape("v", "decimal(12,2)", true, true, "decimal(12,2)", ""))))
        .containsExactly("app.Cliente.v is numeric(12,2) not null in dev, decimal(12,2) in prod");
    assertThat(problems(across(holding("text[]", ""), holding("longtext", "text")))).hasSize(1);
  }

  @Test
  void oneEnginesTypesAreComparedToTheLetter() {
    assertThat(
            problems(drift(cliente(ID, holding("a", "text")), cliente(ID, holding("b", "text")))))
        .containsExactly("app.Cliente.v is a not null in dev, b not null in prod");
  }
}
