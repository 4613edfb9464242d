package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.PostgresServer;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample application, there and back through Django's own commands. */
@ExtendWith(Python.Needed.class)
class OfficeIT {
  private static final String SET =
      """
      tables: [anagrafiche.Anagrafica, anagrafiche.Cliente, anagrafiche.ContattoEmail,
        anagrafiche.Indirizzo, pratiche.TipoPratica, pratiche.Etichetta, pratiche.Pratica,
        pratiche.PraticaNota, {model: titolario.TitolarioVoce, table: vocititolario},
        documenti.Documento, scadenze.Scadenza]
      exclude: [auth.User, django_content_type, django_session, django_migrations]
      references: {auth.User: {match: [username]}}
      """;

  private static final int ROWS = 400;

  private static Django django;
  private static TestDatabase dev;

  /** Prod's users and content types, and not one row of the set. */
  private static TestDatabase empty;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    django = new Django("office");
    dev = PostgresServer.shared().newDatabase();
    SampleOffice.createDev(dev, ROWS);
    empty = PostgresServer.shared().newDatabase();
    SampleOffice.createProd(empty, ROWS);
    empty.execute(
        "TRUNCATE anagrafiche_anagrafica, anagrafiche_cliente, anagrafiche_contattoemail,"
            + " anagrafiche_indirizzo, pratiche_tipopratica, pratiche_etichetta, pratiche_pratica,"
            + " pratiche_praticanota, pratiche_pratica_etichette, pratiche_pratica_assegnatari,"
            + " vocititolario, documenti_documento, scadenze_scadenza");
  }

  @AfterAll
  static void close() {
    dev.close();
    empty.close();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Sync sync() {
    return new Sync(folder, SET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"office.json", "office.json.gz"})
  void loaddataTakesOurExport(String name) {
    sync().export(dev, file(name));
    try (TestDatabase target = PostgresServer.shared().newDatabase(empty)) {
      django.loaddata(target, file(name));

      assertThat(Contents.of(target, Loss.JSON_NUMBERS, Loss.JSON_NULL_WRAPPED))
          .isEqualTo(Contents.of(dev, Loss.JSON_NUMBERS));
    }
  }
}
