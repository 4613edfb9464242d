package io.travaso.cloning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.config.SyncConfig;
import io.travaso.testing.Contents;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a clone promises on every engine. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CloneContract {
  private static final String PASSWORD = "it's one";
  private static final String CANARY = "CANARINO";

  static final String KEPT =
      """
      exclude: [auth.User, django_session, django_migrations]
      clone: {empty: [pratiche_pratica_assegnatari]}
      """;

  private static final String MASKS =
      """
      mask-key: {env: TRAVASO_MASK_KEY}
      mask:
        anagrafiche.Anagrafica: {denominazione: redact, cognome: name, codice_fiscale: {hash: keyed}}
        anagrafiche_contattoemail: {email: email}
        pratiche_pratica: {codice: format}
      """;

  private String account = "";
  CloneOffices offices;

  abstract Engine engine();

  /** Makes an account that may do anything. */
  abstract String[] makeAccount(String name, String password);

  abstract String dropAccount(String name);

  /** What prod has besides tables: views, triggers, routines, sequences. */
  abstract String[] extras();

  /** All of a database but its rows, in texts that are compared. */
  abstract List<String> structure(TestDatabase database);

  /** A query for a list of databases whose names contain a word. */
  abstract String databases(String word);

  /** Writes a row though no row is there that it references. */
  abstract void breakKeys(TestDatabase database, String sql);

  /** Text in SQL that joins values. */
  abstract String joined(List<String> values);

  @BeforeAll
  void makeAccount() {
    account = "clone_" + ProcessHandle.current().pid();
    engine().shared().executeAsAdmin(makeAccount(account, PASSWORD.replace("'", "''")));
  }

  @AfterAll
  void dropAccount() {
    engine().shared().executeAsAdmin(dropAccount(account));
  }

  @BeforeEach
  void fill(@TempDir Path folder) {
    offices = new CloneOffices(engine(), folder, account, PASSWORD);
    // Of those whom only prod has, nobody is spoken of.
    offices.prod.execute(extras());
  }

  @AfterEach
  void close() {
    offices.close();
  }

  /** The rows of the tables that are cloned, by what means the same on both sides. */
  private List<String> application(TestDatabase database) {
    List<String> rows = new ArrayList<>();
    for (String table :
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
            "vocititolario",
            "documenti_documento",
            "django_migrations",
            "django_content_type",
            "scadenze_scadenza")) {
      List<String> values =
          columns(database, table).stream()
              .map(
                  column ->
                      List.of("responsabile_id", "autore_id", "creato_da_id", "assegnata_a_id")
                              .contains(column)
                          ? "(SELECT u.username FROM auth_user AS u WHERE u.id = t." + column + ")"
                          : column.equals("object_id")
                              ? "CASE WHEN content_type_id = (SELECT id FROM django_content_type"
                                  + " WHERE model = 'user') THEN (SELECT u.username FROM auth_user"
                                  + " AS u WHERE u.id = t.object_id) ELSE "
                                  + joined(List.of("t.object_id"))
                                  + " END"
                              : "t." + column)
              .toList();
      database
          .rows("SELECT %s FROM %s AS t".formatted(joined(values), table))
          .forEach(row -> rows.add(table + " " + row));
    }
    return rows.stream().sorted().toList();
  }

  private static List<String> columns(TestDatabase database, String table) {
    return database.rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name = '%s' AND table_schema IN ('public', '%s') ORDER BY column_name"
            .formatted(table, database.name()));
  }

  private static List<String> own(TestDatabase database) {
    List<String> rows = new ArrayList<>(database.table("auth_user"));
    rows.addAll(database.table("django_session"));
    return rows;
  }

  @Test
  void isTheSourceButForWhatStays() {
    SyncConfig config = offices.config(KEPT);
    List<String> kept = own(offices.dev);
    assertThat(kept).isNotEqualTo(own(offices.prod));
    assertThat(application(offices.dev)).isNotEqualTo(application(offices.prod));

    ClonePlan plan = offices.plan(config, offices.look(config));
    CloneResult result = offices.clone(config);

    assertThat(application(offices.dev))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(application(offices.prod));
    assertThat(own(offices.dev)).isEqualTo(kept);
    assertThat(offices.dev.table("pratiche_pratica_assegnatari")).isEmpty();
    assertThat(structure(offices.dev))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(structure(offices.prod));
    assertThat(offices.dev.rows(databases("_clone_"))).isEmpty();
    assertThat(result.tables()).isEqualTo(plan.tables());
    for (ClonedTable table : result.tables()) {
      assertThat(offices.dev.table(table.table().replace("public.", "")))
          .as(table.table())
          .hasSize((int) table.after());
    }
    insertsGoOn();

    List<String> users = own(offices.dev);
    offices.clone(config);
    assertThat(own(offices.dev)).isEqualTo(users);
    assertThat(application(offices.dev)).isEqualTo(application(offices.prod));
  }

  private void insertsGoOn() {
    offices.dev.execute(
        "INSERT INTO pratiche_etichetta (nome, colore) VALUES ('nuova', '#000000')",
        "INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')",
        "INSERT INTO auth_user (username, password, first_name, last_name, email, is_staff,"
            + " is_active, is_superuser, date_joined) VALUES ('nuovo', '!', '', '', '', false,"
            + " true, false, '2026-01-01')");
  }

  @Test
  void leavesNothingUnmasked() throws Exception {
    offices.prod.execute(
        "UPDATE anagrafiche_anagrafica SET denominazione = 'CANARINO srl', cognome = 'CANARINO'",
        "UPDATE anagrafiche_contattoemail SET email = 'CANARINO@real.example'",
        "UPDATE pratiche_pratica SET codice = " + joined(List.of("'CANARINO'", "id")));
    SyncConfig config = offices.config(KEPT + MASKS);

    ClonePackage pack = offices.export(config);
    try (PackageReader reader = PackageReader.open(Path.of(pack.file()), pack.sha256())) {
      List<String> rows = new ArrayList<>();
      for (PackageManifest.RowsEntry entry : reader.manifest().rows()) {
        reader.rows(
            entry,
            (b, o, l) -> rows.add(new String(b, o, l, java.nio.charset.StandardCharsets.UTF_8)));
      }
      assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(CANARY));
    }
    CloneResult result = offices.replace(config, pack);

    List<String> all = new ArrayList<>();
    offices.dev.tables().forEach(table -> all.addAll(offices.dev.table(table)));
    assertThat(all).hasSizeGreaterThan(100).noneMatch(row -> row.contains(CANARY));
    assertThat(pack.source().maskedColumns()).isEqualTo(5);
    assertThat(offices.dev.rows("SELECT count(DISTINCT codice) - count(*) FROM pratiche_pratica"))
        .containsExactly("0");
    assertThat(result.tables()).anyMatch(t -> t.origin() == Origin.TARGET && t.after() > 0);
  }

  @Test
  void aStrictPolicyListsWhatNobodyClassified() {
    SyncConfig config = offices.config(KEPT + MASKS + "mask-policy: strict\n");

    SyncException refused = refused(() -> offices.export(config));

    assertThat(refused.hint()).contains("via:", "note:").doesNotContain("session_data");
    assertThat(offices.config("").root().resolve("prod.clone")).doesNotExist();
  }

  @Test
  void aSourceThatIsBrokenIsNotCloned() {
    breakKeys(
        offices.prod,
        "INSERT INTO pratiche_pratica_etichette (id, pratica_id, etichetta_id) VALUES (99999,"
            + " 99999, 1)");

    SyncException refused = leavesAsItWas(offices.config(KEPT));

    assertThat(refused.what() + refused.details()).contains("pratiche_pratica_etichette");
  }

  /** Whom only one side knows may be spoken of by a relation to any model. */
  @Test
  void genericRelationsToWhoStaysFindThem() {
    offices.prod.execute(
        "UPDATE scadenze_scadenza SET content_type_id = (SELECT id FROM django_content_type WHERE"
            + " app_label = 'auth' AND model = 'user'), object_id ="
            + " (SELECT id FROM auth_user WHERE username = 'anna') WHERE id = 1");

    offices.clone(offices.config(KEPT));

    assertThat(
            offices.dev.rows(
                "SELECT u.username FROM scadenze_scadenza AS s JOIN auth_user AS u ON u.id ="
                    + " s.object_id WHERE s.id = 1"))
        .containsExactly("anna");
    assertThat(deadlines(offices.dev)).isEqualTo(deadlines(offices.prod));
  }

  private static SyncException refused(Runnable what) {
    SyncException refused = catchThrowableOfType(SyncException.class, what::run);
    assertThat(refused).isNotNull();
    return refused;
  }

  /** Nothing is as it was not, and nothing is left over. */
  private SyncException leavesAsItWas(SyncConfig config) {
    List<String> before = Contents.of(offices.dev);
    ClonePackage pack = offices.export(config);
    SyncException refused = refused(() -> offices.replace(config, pack));
    assertThat(Contents.of(offices.dev)).isEqualTo(before);
    assertThat(offices.dev.rows(databases("_clone_"))).isEmpty();
    return refused;
  }

  @Test
  void whoIsSpokenOfMustBeThere() {
    offices.prod.execute(
        "UPDATE pratiche_praticanota SET autore_id = (SELECT id FROM auth_user WHERE username ="
            + " 'operatore1') WHERE id = 1");

    SyncException refused = leavesAsItWas(offices.config(KEPT));

    assertThat(refused.details()).anyMatch(d -> d.contains("auth_user [operatore1]"));
    assertThat(refused.hint()).contains("missing: null");
  }

  @Test
  void rowsThatStayNeedTheirsToo() {
    String table =
        "CREATE TABLE preferiti (id int PRIMARY KEY, cliente_id bigint NOT NULL, FOREIGN KEY"
            + " (cliente_id) REFERENCES anagrafiche_cliente (id))";
    offices.prod.execute(table, "DELETE FROM documenti_documento WHERE cliente_id = 3");
    offices.dev.execute(table, "INSERT INTO preferiti VALUES (1, 5), (2, 3)");
    offices.prod.execute(
        "DELETE FROM pratiche_praticanota", "DELETE FROM pratiche_pratica_etichette",
        "DELETE FROM pratiche_pratica_assegnatari", "DELETE FROM documenti_documento",
        "DELETE FROM pratiche_pratica", "DELETE FROM anagrafiche_cliente WHERE id = 3");
    String kept = KEPT.replace("exclude: [", "exclude: [preferiti, ");

    SyncException refused = leavesAsItWas(offices.config(kept));

    assertThat(refused.details())
        .singleElement()
        .asString()
        .contains("preferiti 2: cliente_id is 3");
    assertThat(refused.hint()).contains("clone: {empty: [", "preferiti]}");

    offices.clone(offices.config(kept.replace("empty: [", "empty: [preferiti, ")));
    assertThat(offices.dev.table("preferiti")).isEmpty();
  }

  @Test
  void contentTypesThatStayKeepTheirMeaning() {
    SyncConfig config =
        offices.config(KEPT.replace("exclude: [", "exclude: [django_content_type, "));
    List<String> types = offices.dev.table("django_content_type");
    List<String> deadlines = deadlines(offices.prod);

    offices.clone(config);

    assertThat(offices.dev.table("django_content_type")).isEqualTo(types);
    assertThat(deadlines(offices.dev)).isNotEmpty().isEqualTo(deadlines);
  }

  private List<String> deadlines(TestDatabase database) {
    return database.rows(
        "SELECT %s FROM scadenze_scadenza AS s JOIN django_content_type AS c ON c.id = s.content_type_id ORDER BY s.id"
            .formatted(joined(List.of("s.id", "c.app_label", "c.model"))));
  }

  @Test
  void refusesWhatCanNotBe() throws Exception {
    SyncConfig config = offices.config(KEPT);
    ClonePackage pack = offices.export(config);
    List<String> before = Contents.of(offices.dev);

    assertThat(
            refused(
                    () ->
                        offices.with(
                            config,
                            "prod",
                            side ->
                                new CloneImport(side)
                                    .plan(pack.source(), io.travaso.Progress.SILENT)))
                .details())
        .anyMatch(d -> d.contains("prod is protected"));
    assertThat(refused(() -> offices.replace(offices.config(KEPT + MASKS), pack)).what())
        .contains("different configurations");
    CloneSource newer =
        new CloneSource(
            "prod",
            pack.source().engine(),
            "99",
            9900,
            1,
            pack.source().fingerprint(),
            pack.source().tables(),
            List.of(),
            List.of());
    assertThat(refused(() -> offices.plan(config, newer)).what()).contains("older than 99");

    CloneSource large =
        new CloneSource(
            "prod",
            pack.source().engine(),
            pack.source().version(),
            pack.source().major(),
            Long.MAX_VALUE,
            pack.source().fingerprint(),
            pack.source().tables(),
            List.of(),
            List.of());
    boolean seen = engine() == Engine.MARIADB && offices.dev.server().host().equals("127.0.0.1");
    if (seen && Files.isDirectory(Path.of(offices.dev.rows("SELECT @@datadir").get(0)))) {
      assertThat(refused(() -> offices.plan(config, large)).what()).contains("MB free");
    }

    Path file = Path.of(pack.file());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(refused(() -> offices.replace(config, pack)).what()).contains("SHA-256");
    assertThat(Contents.of(offices.dev)).isEqualTo(before);
  }
}
