package io.travaso.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.config.SecretReference;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.config.TableEntry;
import io.travaso.config.TableName;
import io.travaso.pipeline.Init.Written;
import io.travaso.testing.PostgresServer;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that {@code sync init} writes, from real databases. */
class InitIT {
  @TempDir Path project;
  private TestDatabase database;

  @BeforeEach
  void create() {
    database = PostgresServer.shared().newDatabase();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private Surroundings surroundings() {
    return new Surroundings(Map.of("DB_SECRET", database.password()), project, project);
  }

  private Init init() {
    return new Init(surroundings(), "1.2.3", Clock.systemUTC());
  }

  private Path file() {
    return init().usualFile();
  }

  private Written propose() {
    return init()
        .writeProposal(file(), database.url(), new SecretReference.FromEnv("DB_SECRET"), false);
  }

  private SyncConfig written() {
    return SyncConfig.read(file(), surroundings());
  }

  private String text() throws IOException {
    return Files.readString(file());
  }

  @Test
  void writesTheProjectsExample() throws IOException {
    Written template = init().writeTemplate(file(), false);

    assertThat(template.file()).isEqualTo(project.resolve("sync-config/sync.yaml"));
    assertThat(template.tables()).isZero();
    assertThat(file()).hasSameTextualContentAs(SampleOffice.script("../sync-config/sync.yaml"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r--r--");
    assertThat(written().environments()).containsOnlyKeys("dev", "prod");
  }

  @Test
  void neverReplacesAFileUnlessItIsTold() throws IOException {
    Files.createDirectories(project.resolve("sync-config"));
    Files.writeString(file(), "mine");
    SampleOffice.createTables(database);

    for (SyncException refused :
        new SyncException[] {
          catchThrowableOfType(SyncException.class, () -> init().writeTemplate(file(), false)),
          catchThrowableOfType(SyncException.class, this::propose)
        }) {
      assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(refused.what()).contains(file().toString());
    }
    assertThat(file()).hasContent("mine");
    init().writeTemplate(file(), true);
    assertThat(written().environments()).hasSize(2);
  }

  @Test
  void proposesWhatTheDatabaseSuggests() throws IOException {
    SampleOffice.createDev(database, 300);
    database.execute(
        "CREATE TABLE pratiche_praticacounter (id int PRIMARY KEY, anno int, ultimo int)",
        "INSERT INTO django_content_type (app_label, model) VALUES ('pratiche', 'praticacounter')");

    Written written = propose();

    assertThat(written.tables()).isEqualTo(12);
    assertThat(written.findings()).isEmpty();
    assertThat(written.leftOut())
        .extracting(Init.LeftOut::table)
        .containsExactly("auth.user", "django_content_type", "django_migrations", "django_session");
    assertThat(written().tables())
        .extracting(TableEntry::group)
        .contains("anagrafiche", "documenti", "pratiche", "scadenze", "titolario");
    assertThat(written().references())
        .containsOnlyKeys(TableName.parse("auth.user"), TableName.parse("django_content_type"));
    assertThat(written().environment("dev").database().database()).isEqualTo(database.name());
    assertThat(text())
        .contains("password: {env: DB_SECRET}")
        .doesNotContain(database.password())
        .contains("- pratiche.praticacounter   # the last numbers given out")
        .contains(
            "- {model: titolario.titolariovoce, table: vocititolario}   # recognised by its name")
        .contains("- django_session   # sessions belong to one environment");
  }

  @Test
  void leavesOutWhatCantBeSyncedAndSaysWhy() throws IOException {
    database.execute(
        "CREATE TABLE ruled (id int PRIMARY KEY)",
        "CREATE RULE quiet AS ON DELETE TO ruled DO INSTEAD NOTHING",
        "CREATE TABLE keyless (n int)",
        "CREATE TABLE of_ruled (id int PRIMARY KEY, ruled_id int REFERENCES ruled)",
        "CREATE TABLE of_of_ruled (id int PRIMARY KEY, r_id int NOT NULL REFERENCES of_ruled)",
        "CREATE TABLE auth_group (id serial PRIMARY KEY, name text NOT NULL UNIQUE)",
        "CREATE TABLE teams (id int PRIMARY KEY, group_id int REFERENCES auth_group)");

    Written written = propose();

    assertThat(written.leftOut())
        .extracting(l -> l.table() + ": " + l.why())
        .containsExactly(
            "auth_group: accounts and permissions belong to one environment",
            "keyless: it has no primary key: its rows can't be recognised on the other side",
            "of_of_ruled: it references of_ruled, which is left out and whose rows can't be"
                + " recognised",
            "of_ruled: it references ruled, which is left out and whose rows can't be recognised",
            "ruled: it has rules, which rewrite what is written to it");
    assertThat(written.findings()).isEmpty();
    assertThat(written().tables()).extracting(t -> t.name().toString()).containsExactly("teams");
    assertThat(text()).contains("auth_group: {match: [name], missing: refuse}");
  }

  @Test
  void recognisesRowsWithoutPrimaryKeyByAnotherKey() {
    database.execute("CREATE TABLE rates (code text NOT NULL UNIQUE, rate numeric)");

    propose();

    assertThat(written().tables())
        .singleElement()
        .satisfies(entry -> assertThat(entry.match()).containsExactly("code"));
  }

  @Test
  void writesAnyNameSoThatItReadsBack() {
    database.execute(
        "CREATE SCHEMA \"null\"",
        "CREATE TABLE \"Weird \"\"Tab'le; drop\" (id int PRIMARY KEY)",
        "CREATE TABLE \"order\" (id int PRIMARY KEY)",
        "CREATE TABLE \"a.b\" (id int PRIMARY KEY)",
        "CREATE TABLE \"no\" (id int PRIMARY KEY)",
        "CREATE TABLE \"# pi\u00f9: [x] {y}\" (id int PRIMARY KEY)",
        "CREATE TABLE \"null\".\"~\" (id int PRIMARY KEY)",
        "CREATE TABLE \"line\nbreak\" (id int PRIMARY KEY)");

    Written written = propose();

    assertThat(written.findings()).isEmpty();
    assertThat(written().tables())
        .extracting(TableEntry::name)
        .containsExactlyInAnyOrder(
            new TableName(null, "Weird \"Tab'le; drop"),
            new TableName(null, "order"),
            new TableName(null, "a.b"),
            new TableName(null, "no"),
            new TableName(null, "# pi\u00f9: [x] {y}"),
            new TableName("null", "~"));
    assertThat(written.leftOut())
        .singleElement()
        .satisfies(l -> assertThat(l.why()).contains("control character"));
  }

  @Test
  void saysWhatIsWrongWithAnUrlWithoutQuotingIt() {
    SyncException refused =
        catchThrowableOfType(
            SyncException.class,
            () ->
                init()
                    .writeProposal(
                        file(),
                        "postgresql://me:s3cret@localhost/app",
                        new SecretReference.None(),
                        false));

    assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(refused.what()).contains("holds a password").doesNotContain("s3cret");
    assertThat(file()).doesNotExist();
  }

  @Test
  void writesNothingForADatabaseWithoutTables() {
    SyncException empty = catchThrowableOfType(SyncException.class, this::propose);

    assertThat(empty.what()).contains("no table to sync");
    assertThat(file()).doesNotExist();
  }
}
