package io.travaso.table;

import static io.travaso.table.TableBuilder.bare;
import static io.travaso.table.TableBuilder.catalog;
import static io.travaso.table.TableBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableSetResolver.Resolution;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableSetResolverTest {
  private static final Reference.Missing REFUSE = new Reference.Refuse();

  private static NameAsWritten name(String written) {
    int dot = written.indexOf('.');
    return dot < 0
        ? new NameAsWritten(null, written)
        : new NameAsWritten(written.substring(0, dot), written.substring(dot + 1));
  }

  private static TableRequest request(String name, String... match) {
    return new TableRequest(name(name), null, List.of(match));
  }

  private static Resolution resolve(Catalog catalog, String... tables) {
    return TableSetResolver.resolve(
        catalog, Arrays.stream(tables).map(t -> request(t)).toList(), List.of(), List.of());
  }

  private static Resolution resolve(
      Catalog catalog, TableRequest table, List<String> exclude, ReferenceRule... references) {
    return TableSetResolver.resolve(
        catalog,
        List.of(table),
        exclude.stream().map(TableSetResolverTest::name).toList(),
        List.of(references));
  }

  private static String problem(Resolution resolution) {
    assertThat(resolution.findings()).hasSize(1);
    Finding finding = resolution.findings().get(0);
    assertThat(finding.isProblem()).isTrue();
    return finding.line();
  }

  private static SyncTable only(Resolution resolution) {
    assertThat(resolution.findings()).isEmpty();
    assertThat(resolution.set().tables()).hasSize(1);
    return resolution.set().tables().get(0);
  }

  private static List<String> columns(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private static List<String> fields(SyncTable table) {
    return table.fields().stream().map(Field::name).toList();
  }

  @Test
  void writesThePrimaryKeyAndEveryOtherColumnButGeneratedOnes() {
    SyncTable table =
        only(resolve(catalog(table("a").column("x").nullable("y").generated("total")), "a"));

    assertThat(columns(table.primaryKey())).containsExactly("id");
    assertThat(columns(table.match())).containsExactly("id");
    assertThat(fields(table)).containsExactly("x", "y");
  }

  @Test
  void callsFieldsAsDjangoDoes() {
    Catalog catalog =
        catalog(
            table("pratiche_pratica")
                .column("cliente_id")
                .references("cliente_id", "clienti_cliente")
                .column("codice_id")
                .column("tipo_id")
                .references("tipo_id", "clienti_cliente")
                .column("tipo"),
            table("clienti_cliente"));

    Resolution django = resolve(catalog, "pratiche.Pratica", "clienti.Cliente");
    Resolution plain = resolve(catalog, "pratiche_pratica", "clienti_cliente");

    // A column that is no reference keeps its name, and so does one whose short name is taken.
    assertThat(fields(django.set().tables().get(1)))
        .containsExactly("cliente", "codice_id", "tipo_id", "tipo");
    assertThat(fields(plain.set().tables().get(1)))
        .containsExactly("cliente_id", "codice_id", "tipo_id", "tipo");
  }

  @Test
  void ordersTablesWhateverTheOrderOfTheRequests() {
    Catalog catalog = catalog(table("a").column("x").references("x", "b"), table("b"));

    assertThat(resolve(catalog, "a", "b").set().tables())
        .extracting(t -> t.id().name())
        .containsExactly("b", "a");
  }

  @Test
  void takesCompositeKeysInTheirOrder() {
    SyncTable table =
        only(resolve(catalog(bare("t").column("b").column("a").key("a", "b").column("x")), "t"));

    assertThat(columns(table.match())).containsExactly("a", "b");
    assertThat(fields(table)).containsExactly("x");
  }

  @Test
  void takesThePrimaryKeyAlsoWhenItIsNamedInAnotherOrder() {
    Catalog catalog =
        catalog(
            bare("t").column("a").column("b").key("a", "b").column("x"),
            bare("child")
                .column("a")
                .column("b")
                .key("a", "b")
                .references(List.of("a", "b"), "t", List.of("a", "b")));

    SyncTable table = only(resolve(catalog, request("t", "b", "a"), List.of()));

    assertThat(columns(table.primaryKey())).containsExactly("a", "b");
    assertThat(columns(table.match())).containsExactly("a", "b");
  }

  @Test
  void leavesIdsToTheTargetWhereRowsAreMatchedOtherwise() {
    SyncTable table =
        only(
            resolve(
                catalog(table("t").column("code").unique("code").column("x")),
                request("t", "code"),
                List.of()));

    assertThat(table.primaryKey()).isEmpty();
    assertThat(columns(table.match())).containsExactly("code");
    assertThat(fields(table)).containsExactly("code", "x");
  }

  @Test
  void carriesTheColumnsOfTheKeyThatRowsAreMatchedBy() {
    SyncTable table =
        only(
            resolve(
                catalog(
                    table("t")
                        .column("tenant")
                        .key("tenant", "id")
                        .column("code")
                        .unique("tenant", "code")),
                request("t", "tenant", "code"),
                List.of()));

    assertThat(columns(table.match())).containsExactly("tenant", "code");
    assertThat(fields(table)).containsExactly("tenant", "code");
  }

  @Test
  void refusesAMatchThatLeavesNewRowsWithoutAnId() {
    Catalog catalog = catalog(bare("t").column("id").key("id").column("code").unique("code"));

    assertThat(problem(resolve(catalog, request("t", "code"), List.of())))
        .contains("public.t", "new rows would have no id");
  }

  @Test
  void refusesAMatchThatRecognisesNothing() {
    Catalog catalog =
        catalog(table("t").column("code").nullable("maybe").unique("maybe").generated("sum"));

    assertThat(problem(resolve(catalog, request("t", "code"), List.of())))
        .contains("match [code] does not recognise a row");
    assertThat(problem(resolve(catalog, request("t", "maybe"), List.of())))
        .contains("match [maybe] does not recognise a row");
    assertThat(problem(resolve(catalog, request("t", "kode"), List.of())))
        .contains("columns that do not exist: kode", "id, code, maybe");
  }

  @Test
  void rowsThatAreReferencedMayBeMatchedByMeaning() {
    Catalog catalog =
        catalog(
            table("t").column("code").unique("code"),
            table("child").column("t_id").references("t_id", "t"));

    Resolution resolution =
        TableSetResolver.resolve(
            catalog, List.of(request("t", "code"), request("child")), List.of(), List.of());

    assertThat(resolution.findings()).isEmpty();
    SyncTable parent = resolution.set().tables().get(0);
    assertThat(parent.primaryKey()).isEmpty();
    assertThat(Objects.requireNonNull(parent.ownId()).name()).isEqualTo("id");
    Reference reference =
        Objects.requireNonNull(resolution.set().tables().get(1).fields().get(0).reference());
    assertThat(columns(reference.match())).containsExactly("code");
  }

  @Test
  void refusesATableWithoutKey() {
    assertThat(problem(resolve(catalog(bare("t").column("x")), "t")))
        .contains("public.t has no primary key", "match: [column]");
    SyncTable matched =
        only(
            resolve(
                catalog(bare("t").column("x").unique("x").column("y")),
                request("t", "x"),
                List.of()));
    assertThat(fields(matched)).containsExactly("x", "y");
  }

  @ParameterizedTest
  @EnumSource(
      value = Trait.class,
      names = {"RULES", "ROW_SECURITY"})
  void refusesWhatWouldNotWriteWhatItIsTold(Trait trait) {
    assertThat(problem(resolve(catalog(table("t").trait(trait)), "t")))
        .startsWith("public.t has r");
  }

  @Test
  void namesTheNearestTableForOneThatIsNotThere() {
    Catalog catalog =
        catalog(List.of(new Catalog.Model("pratiche", "pratica")), table("pratiche_pratica"));

    assertThat(problem(resolve(catalog, "pratiche.Pratca")))
        .contains("there is no table \"pratiche.Pratca\"; the nearest is pratiche.pratica");
    assertThat(resolve(catalog, request("pratiche.Pratica"), List.of("autj_user")).findings())
        .singleElement()
        .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING));
  }

  @Test
  void refusesATableThatIsNamedTwiceByDifferentNames() {
    Catalog catalog = catalog(table("pratiche_pratica"));

    assertThat(problem(resolve(catalog, "pratiche.Pratica", "pratiche_pratica")))
        .contains("listed twice");
    assertThat(problem(resolve(catalog, request("pratiche.Pratica"), List.of("pratiche_pratica"))))
        .contains("both in tables and in exclude");
  }

  private static TableBuilder link() {
    return table("pratiche_pratica_etichette")
        .column("pratica_id")
        .references("pratica_id", "pratiche_pratica")
        .column("etichetta_id")
        .references("etichetta_id", "pratiche_etichetta")
        .unique("pratica_id", "etichetta_id");
  }

  @Test
  void takesALinkAlongWithItsModelAndMatchesItByItsPair() {
    Catalog catalog = catalog(table("pratiche_pratica"), table("pratiche_etichetta"), link());

    Resolution resolution = resolve(catalog, "pratiche.Pratica", "pratiche.Etichetta");

    assertThat(resolution.findings()).isEmpty();
    SyncTable link = resolution.set().tables().get(2);
    assertThat(link.label()).isEqualTo("pratiche.Pratica_etichette");
    assertThat(link.model()).isEqualTo("pratiche.pratica_etichette");
    assertThat(link.primaryKey()).isEmpty();
    assertThat(columns(link.match())).containsExactly("pratica_id", "etichetta_id");
    assertThat(fields(link)).containsExactly("pratica", "etichetta");
    assertThat(resolution.set().select(List.of("pratiche.pratica")).tables())
        .extracting(SyncTable::label)
        .containsExactly("pratiche.Pratica", "pratiche.Pratica_etichette");
  }

  @Test
  void leavesALinkAtHomeWhereItsModelIsOrItIsExcluded() {
    Catalog catalog = catalog(table("pratiche_pratica"), table("pratiche_etichetta"), link());

    assertThat(only(resolve(catalog, "pratiche.Etichetta")).label())
        .isEqualTo("pratiche.Etichetta");
    assertThat(
            only(resolve(
                    catalog, request("pratiche.Pratica"), List.of("pratiche_pratica_etichette")))
                .label())
        .isEqualTo("pratiche.Pratica");
  }

  private static Catalog withUsers() {
    return catalog(
        table("auth_user").column("username").unique("username"),
        table("cliente").nullable("responsabile_id").references("responsabile_id", "auth_user"));
  }

  @Test
  void recognisesDjangosUsersWithoutBeingTold() {
    SyncTable table = only(resolve(withUsers(), request("cliente"), List.of("auth_user")));

    Reference reference = Objects.requireNonNull(table.fields().get(0).reference());
    assertThat(columns(reference.match())).containsExactly("username");
    assertThat(reference.targetColumn().name()).isEqualTo("id");
    assertThat(reference.missing()).isEqualTo(REFUSE);
    assertThat(table.hasReferences()).isTrue();
    assertThat(table.slots()).extracting(s -> s.source().name()).containsExactly("id", "username");
  }

  @Test
  void takesTheRuleForAReferenceThatLeavesTheSet() {
    ReferenceRule toNull =
        new ReferenceRule(name("auth_user"), List.of("username"), new Reference.SetNull());

    SyncTable table = only(resolve(withUsers(), request("cliente"), List.of("auth_user"), toNull));

    assertThat(table.fields().get(0).reference())
        .satisfies(r -> assertThat(r.missing()).isEqualTo(new Reference.SetNull()));
  }

  @Test
  void refusesARuleThatCantBeFollowed() {
    Catalog catalog =
        catalog(
            table("sede").column("codice").unique("codice").column("nome"),
            table("cliente").column("sede_id").references("sede_id", "sede"));

    assertThat(
            problem(
                resolve(
                    catalog,
                    request("cliente"),
                    List.of("sede"),
                    new ReferenceRule(name("sede"), List.of("codice"), new Reference.SetNull()))))
        .contains("sede_id can't be NULL");
    assertThat(
            resolve(
                    catalog,
                    request("cliente"),
                    List.of("sede"),
                    new ReferenceRule(name("sedi"), List.of("codice"), REFUSE))
                .findings())
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("there is no table \"sedi\""));
  }

  @Test
  void asksHowRowsOfAnExcludedTableAreRecognised() {
    Catalog catalog =
        catalog(
            table("sede").column("codice").unique("codice"),
            table("cliente").column("sede_id").references("sede_id", "sede"));

    assertThat(problem(resolve(catalog, request("cliente"), List.of("sede"))))
        .contains("which is excluded", "references: {public.sede: {match: [codice]}}");
  }

  @Test
  void namesEveryTableToAddForAReferenceNobodyDecidedAbout() {
    Catalog catalog =
        catalog(
            table("comune").column("provincia_id").references("provincia_id", "provincia"),
            table("provincia"),
            table("cliente").column("comune_id").references("comune_id", "comune"));

    assertThat(problem(resolve(catalog, "cliente")))
        .contains("neither in tables nor in exclude", "Add public.comune, public.provincia");
    assertThat(resolve(catalog, "cliente", "comune", "provincia").findings()).isEmpty();
  }

  @Test
  void carriesAReferenceByManyColumnsColumnByColumn() {
    Catalog catalog =
        catalog(
            bare("sede").column("a").column("b").key("a", "b").column("codice").unique("codice"),
            table("cliente")
                .column("a")
                .column("b")
                .references(List.of("a", "b"), "sede", List.of("a", "b")));

    SyncTable table =
        only(
            resolve(
                catalog,
                request("cliente"),
                List.of("sede"),
                new ReferenceRule(name("sede"), List.of("codice"), REFUSE)));

    assertThat(table.fields())
        .extracting(f -> Objects.requireNonNull(f.reference()).targetColumn().name())
        .containsExactly("a", "b");
  }

  @Test
  void carriesAKeyThatIsAReferenceToAnExcludedTableByWhatItRefersTo() {
    Catalog catalog =
        catalog(
            table("auth_user").column("username").unique("username"),
            bare("profilo")
                .column("user_id")
                .key("user_id")
                .references("user_id", "auth_user")
                .column("tema"));

    SyncTable table = only(resolve(catalog, request("profilo"), List.of("auth_user")));

    assertThat(table.primaryKey()).isEmpty();
    assertThat(columns(table.match())).containsExactly("user_id");
    assertThat(fields(table)).containsExactly("user_id", "tema");
    assertThat(table.fields().get(0).reference()).isNotNull();
  }

  @Test
  void keepsAKeyThatIsAReferenceIntoTheSet() {
    Catalog catalog =
        catalog(
            table("place"),
            bare("restaurant").column("place_id").key("place_id").references("place_id", "place"));

    Resolution resolution = resolve(catalog, "restaurant", "place");

    assertThat(resolution.findings()).isEmpty();
    assertThat(columns(resolution.set().tables().get(1).primaryKey())).containsExactly("place_id");
  }

  @Test
  void keepsReferencesWithinTheTableAndInCircles() {
    Catalog catalog =
        catalog(
            table("tree").nullable("parent_id").references("parent_id", "tree"),
            table("store").column("staff_id").references("staff_id", "staff"),
            table("staff").column("store_id").references("store_id", "store"));

    Resolution resolution = resolve(catalog, "tree", "store", "staff");

    assertThat(resolution.findings()).isEmpty();
    assertThat(resolution.set().groups()).extracting(List::size).containsExactly(2, 1);
    assertThat(resolution.set().tables()).noneMatch(SyncTable::hasReferences);
  }

  @Test
  void tellsEveryProblemAtOnce() {
    Catalog catalog =
        catalog(
            bare("keyless").column("x"),
            table("a").column("b_id").references("b_id", "b"),
            table("b"));

    assertThat(resolve(catalog, "keyless", "a", "nowhere").findings()).hasSize(3);
  }

  @Test
  void selectsByAnyOfATablesNamesOrSaysWhatIsUnknown() {
    TableSet set =
        resolve(catalog(table("pratiche_pratica"), table("b")), "pratiche.Pratica", "b").set();

    for (String name : List.of("pratiche.pratica", "PRATICHE.PRATICA", "pratiche_pratica")) {
      assertThat(set.select(List.of(name)).tables()).hasSize(1);
    }
    assertThat(set.select(List.of()).tables()).hasSize(2);
    SyncException unknown =
        catchThrowableOfType(
            SyncException.class, () -> set.select(List.of("pratiche.Pratic", "zzz")));
    assertThat(unknown.what()).contains("pratiche.Pratic (the nearest is pratiche.Pratica)", "zzz");
  }
}
