package io.travaso.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.TestDatabase;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of Django's, dev on PostgreSQL and prod on MariaDB, with the columns its
 * migrations make there: each side keeps its own ids, users and content types.
 */
class OfficeAcrossIT {
  @TempDir Path folder;
  private Across across;

  @BeforeEach
  void make() {
    across =
        new Across(folder)
            .postgres(
                """
                CREATE TABLE django_content_type (id serial PRIMARY KEY, app_label varchar(100) NOT NULL,
                  model varchar(100) NOT NULL, UNIQUE (app_label, model));
                CREATE TABLE auth_user (id serial PRIMARY KEY, username varchar(150) NOT NULL UNIQUE);
                CREATE TABLE office_kind (id bigserial PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, label varchar(100) NOT NULL);
                CREATE TABLE office_tag (id bigserial PRIMARY KEY, name varchar(50) NOT NULL UNIQUE);
                CREATE TABLE office_document (id uuid PRIMARY KEY, title varchar(200) NOT NULL, body text NOT NULL,
                  amount numeric(12,2), paid boolean NOT NULL, meta jsonb, created timestamptz NOT NULL, due date, at time,
                  ip inet, data bytea, kind_id bigint NOT NULL REFERENCES office_kind (id),
                  author_id integer REFERENCES auth_user (id), parent_id uuid REFERENCES office_document (id));
                CREATE TABLE office_document_tags (id bigserial PRIMARY KEY,
                  document_id uuid NOT NULL REFERENCES office_document (id),
                  tag_id bigint NOT NULL REFERENCES office_tag (id), UNIQUE (document_id, tag_id));
                CREATE TABLE office_note (id bigserial PRIMARY KEY, text text NOT NULL,
                  content_type_id integer NOT NULL REFERENCES django_content_type (id), object_id integer NOT NULL);
                """)
            .maria(
                """
                CREATE TABLE django_content_type (id int AUTO_INCREMENT PRIMARY KEY, app_label varchar(100) NOT NULL,
                  model varchar(100) NOT NULL, UNIQUE (app_label, model));
                CREATE TABLE auth_user (id int AUTO_INCREMENT PRIMARY KEY, username varchar(150) NOT NULL UNIQUE);
                CREATE TABLE office_kind (id bigint AUTO_INCREMENT PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, label varchar(100) NOT NULL);
                CREATE TABLE office_tag (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL UNIQUE);
                CREATE TABLE office_document (id char(32) PRIMARY KEY, title varchar(200) NOT NULL, body longtext NOT NULL,
                  amount decimal(12,2), paid bool NOT NULL, meta json, created datetime(6) NOT NULL, due date, at time(6),
                  ip char(39), data longblob, kind_id bigint NOT NULL, author_id int, parent_id char(32),
                  FOREIGN KEY (kind_id) REFERENCES office_kind (id), FOREIGN KEY (author_id) REFERENCES auth_user (id),
                  FOREIGN KEY (parent_id) REFERENCES office_document (id));
                CREATE TABLE office_document_tags (id bigint AUTO_INCREMENT PRIMARY KEY, document_id char(32) NOT NULL,
                  tag_id bigint NOT NULL, UNIQUE (document_id, tag_id),
                  FOREIGN KEY (document_id) REFERENCES office_document (id), FOREIGN KEY (tag_id) REFERENCES office_tag (id));
                CREATE TABLE office_note (id bigint AUTO_INCREMENT PRIMARY KEY, text longtext NOT NULL,
                  content_type_id int NOT NULL, object_id int NOT NULL,
                  FOREIGN KEY (content_type_id) REFERENCES django_content_type (id));
                """)
            .tables(
                "{model: office.Kind, match: [code]}",
                "{model: office.Tag, match: [name]}",
                "office.Document",
                "office.Note")
            .configured(
                """
                exclude: [auth.User, django_content_type]
                references: {auth.User: {match: [username]}}
                """);
    String models =
        "INSERT INTO django_content_type (id, app_label, model) VALUES (%d, 'office', 'kind'), (%d, 'office', 'tag'),"
            + " (%d, 'office', 'document'), (%d, 'office', 'note'), (%d, 'auth', 'user')";
    across.postgres(models.formatted(1, 2, 3, 4, 5)).maria(models.formatted(15, 14, 13, 12, 11));
    across
        .postgres("INSERT INTO auth_user VALUES (1, 'anna'), (2, 'bruno')")
        .maria("INSERT INTO auth_user VALUES (1, 'bruno'), (7, 'anna'), (8, 'carla')");
  }

  @AfterEach
  void giveBack() {
    across.close();
  }

  private static final String DOCUMENTS =
      """
      INSERT INTO office_kind VALUES (1, 'A', 'Fattura'), (2, 'B', 'Lettera è');
      INSERT INTO office_tag VALUES (1, 'urgente'), (2, 'archivio');
      INSERT INTO office_document VALUES
        ('0f8fad5b-d9cb-469f-a165-70867728950e', 'Primo', E'riga 1\\nriga 2', 1500.00, true, '{"è": [1, 2.50], "a": null}',
         '2024-02-29 23:59:59.123456+00', '2024-02-29', '10:00:00.5', '2001:db8::1', '\\x00ff', 1, 1, NULL),
        ('7c9e6679-7425-40de-944b-e07fc1f90ae7', 'Secondo', '', NULL, false, 'null',
         '2024-07-01 00:00:00+02', NULL, NULL, NULL, NULL, 2, NULL, '0f8fad5b-d9cb-469f-a165-70867728950e');
      INSERT INTO office_document_tags (document_id, tag_id) VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e', 2),
        ('0f8fad5b-d9cb-469f-a165-70867728950e', 1), ('7c9e6679-7425-40de-944b-e07fc1f90ae7', 1);
      INSERT INTO office_note VALUES (1, 'on a kind', 1, 2), (2, 'on anna', 5, 1);
      """;

  private static final String READ =
      """
      SELECT d.id, title, body, amount, k.code, u.username, parent_id, created, due, at, ip, %s,
             (SELECT count(*) FROM office_document_tags AS x JOIN office_tag AS g ON g.id = x.tag_id
               WHERE x.document_id = d.id AND g.name = 'urgente') AS urgent
        FROM office_document AS d JOIN office_kind AS k ON k.id = d.kind_id
        LEFT JOIN auth_user AS u ON u.id = d.author_id ORDER BY title
      """;

  private static List<String> documents(TestDatabase database, String paid) {
    return database.rows(READ.formatted(paid)).stream()
        .map(r -> r.replaceAll("(?<=[0-9a-f]{4,8})-(?=[0-9a-f]{4})", ""))
        .map(r -> r.replaceAll("\\+00", "").replaceAll("(\\.[0-9]*?)0+(?=\\|)", "$1"))
        .map(r -> r.replaceAll("\\.(?=\\|)", ""))
        .toList();
  }

  @Test
  @Holds(value = "X6", as = Outcome.EXACT)
  void goesToProdAndBack() {
    // Prod has rows of its own, so its ids are others.
    across
        .maria("INSERT INTO office_kind VALUES (1, 'Z', 'only here'), (9, 'B', 'old')")
        .maria("INSERT INTO office_tag VALUES (5, 'urgente')")
        .postgres(DOCUMENTS);
    across.sync("postgres", "maria");

    assertThat(across.maria.rows("SELECT id, code, label FROM office_kind ORDER BY code"))
        .containsExactly("10|A|Fattura", "9|B|Lettera è", "1|Z|only here");
    assertThat(
            across.maria.rows(
                "SELECT text, content_type_id, object_id FROM office_note ORDER BY id"))
        .containsExactly("on a kind|15|9", "on anna|11|7");
    assertThat(across.maria.rows("SELECT meta FROM office_document ORDER BY title"))
        .containsExactly("{\"a\": null, \"\\u00e8\": [1, 2.50]}", "null");
    assertThat(documents(across.maria, "paid"))
        .isEqualTo(documents(across.postgres, "paid::int AS paid"));
    across.settled("postgres", "maria");

    // What only prod had comes to dev, and nothing else changes.
    assertThat(across.sync("maria", "postgres").totals().changes()).isEqualTo(1);
    across.settled("maria", "postgres").settled("postgres", "maria");
  }

  @Test
  @Holds(value = "X4", as = Outcome.EXACT)
  void documentsInAnotherSpellingAreNoDifference() {
    across.postgres(DOCUMENTS).sync("postgres", "maria");
    // As Django writes it when it saves the row again.
    across.maria(
        "UPDATE office_document SET meta = '{\"\\\\u00e8\": [1, 2.5], \"a\": null}' WHERE title = 'Primo'");
    across.settled("postgres", "maria").settled("maria", "postgres");
    across.maria(
        "UPDATE office_document SET meta = '{\"\\\\u00e8\": [1, 2.6], \"a\": null}' WHERE title = 'Primo'");
    assertThat(across.sync("maria", "postgres").totals().updated()).isEqualTo(1);
    assertThat(across.postgres.rows("SELECT meta FROM office_document ORDER BY title"))
        .containsExactly("{\"a\": null, \"è\": [1, 2.6]}", "null");
  }

  @Test
  void identifiersInListsAreRefusedWhereTheyWouldHaveToBecomeOthers() {
    across
        .postgres(
            "ALTER TABLE office_note ADD about_id uuid REFERENCES office_document (id)",
            "CREATE TABLE office_note_seen (id bigserial PRIMARY KEY, note_id bigint NOT NULL REFERENCES office_note (id),"
                + " document_id uuid NOT NULL REFERENCES office_document (id), UNIQUE (note_id, document_id))")
        .maria(
            "ALTER TABLE office_note ADD about_id char(32), ADD FOREIGN KEY (about_id) REFERENCES office_document (id)",
            "CREATE TABLE office_note_seen (id bigint AUTO_INCREMENT PRIMARY KEY, note_id bigint NOT NULL,"
                + " document_id char(32) NOT NULL, UNIQUE (note_id, document_id),"
                + " FOREIGN KEY (note_id) REFERENCES office_note (id), FOREIGN KEY (document_id) REFERENCES office_document (id))");
    across.postgres(DOCUMENTS);
    across.postgres(
        "UPDATE office_note SET about_id = '0f8fad5b-d9cb-469f-a165-70867728950e' WHERE id = 1",
        "INSERT INTO office_note_seen (note_id, document_id) VALUES (1, '0f8fad5b-d9cb-469f-a165-70867728950e')");
    across.refused("postgres", "maria", "no exact home", "document");
  }
}
