package io.travaso.cli.django;

import io.travaso.testing.Engine;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.TestDatabase;
import java.util.List;
import java.util.Map;

/** The sample application's databases and configurations. */
final class Office implements AutoCloseable {
  /** Rows are recognised by their primary keys, users by their names. */
  static final String SET =
      """
      tables: [anagrafiche.Anagrafica, anagrafiche.Cliente, anagrafiche.ContattoEmail,
        anagrafiche.Indirizzo, pratiche.TipoPratica, pratiche.Etichetta, pratiche.Pratica,
        pratiche.PraticaNota, {model: titolario.TitolarioVoce, table: vocititolario},
        documenti.Documento, scadenze.Scadenza]
      exclude: [auth.User, django_content_type, django_session, django_migrations]
      references: {auth.User: {match: [username]}}
      """;

  /** The same, with rows recognised by what their models call their natural key. */
  static final String BY_MEANING =
      SET.replace("pratiche.TipoPratica", "{model: pratiche.TipoPratica, match: [codice]}")
          .replace("pratiche.Etichetta", "{model: pratiche.Etichetta, match: [nome]}")
          .replace("anagrafiche.Cliente", "{model: anagrafiche.Cliente, match: [codice]}")
          .replace("pratiche.Pratica,", "{model: pratiche.Pratica, match: [codice]},")
          .replace("vocititolario", "vocititolario, match: [codice]");

  /** The same without the only generic relation. */
  static final String WITHOUT_DEADLINES =
      BY_MEANING
          .replace(", scadenze.Scadenza", "")
          .replace("django_session", "django_session, scadenze.Scadenza");

  /** What rows are called in {@link #BY_MEANING}. */
  static final Map<String, String> NAMES =
      Map.of(
          "pratiche_tipopratica",
          "codice",
          "pratiche_etichetta",
          "nome",
          "anagrafiche_cliente",
          "codice",
          "pratiche_pratica",
          "codice",
          "vocititolario",
          "codice");

  /** The apps whose models are synced. */
  static final String[] APPS = {"anagrafiche", "pratiche", "titolario", "documenti", "scadenze"};

  private static final int ROWS = 200;

  private static final List<String> TABLES =
      List.of(
          "anagrafiche_anagrafica",
          "anagrafiche_cliente",
          "anagrafiche_contattoemail",
          "anagrafiche_indirizzo",
          "pratiche_tipopratica",
          "pratiche_etichetta",
          "pratiche_pratica",
          "pratiche_praticanota",
          "pratiche_pratica_etichette",
          "pratiche_pratica_assegnatari",
          "vocititolario",
          "documenti_documento",
          "scadenze_scadenza");

  private final TestDatabase dev;
  private final TestDatabase empty;

  Office() {
    this(Engine.POSTGRESQL);
  }

  Office(Engine engine) {
    dev = engine.shared().newDatabase();
    empty = engine.shared().newDatabase();
    SampleOffice.createDev(dev, ROWS);
    SampleOffice.createProd(empty, ROWS);
    empty.execute(
        switch (engine) {
          case POSTGRESQL -> "TRUNCATE " + String.join(", ", TABLES);
          case MARIADB ->
              "SET foreign_key_checks = 0; TRUNCATE " + String.join("; TRUNCATE ", TABLES);
        });
  }

  /** All rows. */
  TestDatabase dev() {
    return dev;
  }

  /** A new database with prod's users and content types, and not one row of the set. */
  TestDatabase newEmpty() {
    return empty.server().newDatabase(empty);
  }

  /** A new copy of {@link #dev}. */
  TestDatabase newCopy() {
    return dev.server().newDatabase(dev);
  }

  @Override
  public void close() {
    dev.close();
    empty.close();
  }
}
