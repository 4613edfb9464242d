package io.travaso.table;

import static io.travaso.table.TableBuilder.bare;
import static io.travaso.table.TableBuilder.catalog;
import static io.travaso.table.TableBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.table.Catalog.Model;
import io.travaso.table.TableNames.Named;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableNamesTest {
  private static final Catalog CATALOG =
      catalog(
          List.of(new Model("archivio_fisico", "unita"), new Model("titolario", "titolariovoce")),
          table("archivio_fisico_unita"),
          table("vocititolario"),
          table("Album"),
          bare("a.b"));

  private final TableNames names = new TableNames(CATALOG);

  private Optional<Named> find(String qualifier, String name) {
    return names.find(new NameAsWritten(qualifier, name), null);
  }

  @Test
  void takesATablesOwnNameInEitherForm() {
    assertThat(names.find(new NameAsWritten(null, "Album"), null))
        .hasValueSatisfying(
            named -> {
              assertThat(named.label()).isEqualTo("public.Album");
              assertThat(named.model()).isEqualTo("public.Album");
              assertThat(named.django()).isFalse();
            });
    assertThat(find("public", "Album"))
        .isEqualTo(names.find(new NameAsWritten(null, "Album"), null));
    assertThat(names.find(new NameAsWritten(null, "album"), null)).isEmpty();
  }

  @Test
  void takesDjangosNameOfAModel() {
    assertThat(find("archivio_fisico", "Unita"))
        .hasValueSatisfying(
            named -> {
              assertThat(named.table().id().name()).isEqualTo("archivio_fisico_unita");
              assertThat(named.label()).isEqualTo("archivio_fisico.Unita");
              assertThat(named.model()).isEqualTo("archivio_fisico.unita");
              assertThat(named.django()).isTrue();
            });
  }

  @Test
  void takesTheTableThatIsSaidToBeAModels() {
    assertThat(
            names.find(
                new NameAsWritten("titolario", "TitolarioVoce"),
                new NameAsWritten(null, "vocititolario")))
        .hasValueSatisfying(
            named -> {
              assertThat(named.table().id().name()).isEqualTo("vocititolario");
              assertThat(named.model()).isEqualTo("titolario.titolariovoce");
            });
    assertThat(find("titolario", "TitolarioVoce")).isEmpty();
  }

  @Test
  void describesATableByItsModelWhereDjangoKnowsIt() {
    assertThat(names.describe(CATALOG.get(new TableId("public", "archivio_fisico_unita"))).label())
        .isEqualTo("archivio_fisico.unita");
    assertThat(names.describe(CATALOG.get(new TableId("public", "vocititolario"))).label())
        .isEqualTo("public.vocititolario");
    assertThat(names.describe(CATALOG.get(new TableId("public", "a.b"))).label())
        .isEqualTo("public.\"a.b\"");
  }

  @Test
  void knowsWhoseALinkIs() {
    TableBuilder link =
        table("pratica_etichette")
            .column("pratica_id")
            .references("pratica_id", "pratica")
            .column("etichetta_id")
            .references("etichetta_id", "etichetta");

    assertThat(TableNames.owner(link.build())).isEmpty();
    assertThat(TableNames.owner(link.unique("pratica_id", "etichetta_id").build()))
        .contains(new TableId("public", "pratica"));
    assertThat(TableNames.owner(link.column("since").build())).isEmpty();
  }

  @Test
  void knowsTheOwnerOfALinkOfAModelWithItself() {
    assertThat(
            TableNames.owner(
                table("fascicolo_collegati")
                    .column("from_fascicolo_id")
                    .references("from_fascicolo_id", "fascicolo")
                    .column("to_fascicolo_id")
                    .references("to_fascicolo_id", "fascicolo")
                    .unique("from_fascicolo_id", "to_fascicolo_id")
                    .build()))
        .contains(new TableId("public", "fascicolo"));
  }
}
