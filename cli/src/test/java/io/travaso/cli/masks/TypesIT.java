package io.travaso.cli.masks;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks in the types of one engine, and where rows are recognised by what is masked. */
class TypesIT {
  private static final String KEY = "mask-key: {env: MASK_KEY}\n";

  @TempDir Path folder;

  @Test
  void ofPostgres() {
    try (Registry registry = new Registry(folder, Engine.POSTGRESQL, Engine.POSTGRESQL)) {
      String tables =
          """
          CREATE DOMAIN nome AS varchar(40) CHECK (VALUE <> 'x');
          CREATE TABLE casa (via citext, numero char(8), PRIMARY KEY (via, numero));
          CREATE TABLE stanza (id int PRIMARY KEY, via citext, numero char(8), parole text[], tappe hstore, foglio xml,
            copia json, dominio nome, indice tsvector, nascita timestamptz, chi text,
            FOREIGN KEY (via, numero) REFERENCES casa (via, numero));
          CREATE UNIQUE INDEX ON stanza (lower(chi));
          """;
      for (var database : List.of(registry.dev, registry.prod)) {
        database.executeAsAdmin("CREATE EXTENSION citext", "CREATE EXTENSION hstore");
        database.execute(tables);
      }
      registry.prod.execute(
          """
          INSERT INTO casa VALUES ('Kanarie', '1'), ('kanarie due', '1'), ('Kanarie', '2');
          INSERT INTO stanza VALUES
           (1, 'KANARIE', '1', '{kanarie,"b,c"}', 'k=>kanarie', '<a>kanarie</a>', '"kanarie"', 'kanarie', 'kanarie', '1971-03-17 23:30:00+01', 'Kanarie'),
           (2, 'kanarie', '2', NULL, NULL, NULL, NULL, NULL, NULL, 'infinity', 'kanarie2');
          """);
      String strict = "tables: [casa, stanza]\n" + KEY + "mask-policy: strict\n";
      registry.configure(strict);
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup")).isEqualTo(5);
      assertThat(registry.last())
          .contains(
              "9 columns with text",
              "via: format",
              "numero: format",
              "parole: redact",
              "tappe: redact",
              "foglio: redact",
              "copia: redact",
              "dominio: redact",
              "indice: null",
              "chi: format");
      registry.configure(
          strict
              + """
              mask:
                casa: {via: hash, numero: format}
                stanza: {parole: redact, tappe: redact, foglio: redact, copia: redact, dominio: hash,
                  indice: null, nascita: date, chi: format}
              """);

      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup"))
          .as(registry::last)
          .isZero();

      assertThat(registry.sightings()).isEmpty();
      assertThat(
              registry.dev.rows(
                  "SELECT s.id, parole, tappe, foglio, copia, length(dominio), indice, nascita AT"
                      + " TIME ZONE 'UTC' FROM stanza s JOIN casa c USING (via, numero) ORDER BY"
                      + " s.id"))
          .containsExactly(
              "1|{}||<redacted/>|{}|16|\\N|1971-01-01 12:00:00",
              "2|\\N|\\N|\\N|\\N|\\N|\\N|infinity");
      assertThat(
              registry.dev.rows(
                  "SELECT count(DISTINCT (via, numero)), count(DISTINCT via) FROM casa"))
          .containsExactly("3|2");
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isZero();
      assertThat(registry.last()).contains("\"status\":\"unchanged\"");
    }
  }

  /** Where upper and lower case are the same, a key may be written either way. */
  @Test
  void ofMariaDb() {
    try (Registry registry = new Registry(folder, Engine.MARIADB, Engine.MARIADB)) {
      String tables =
          """
          CREATE TABLE casa (codice varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, nota tinytext, sigla char(6) NOT NULL UNIQUE);
          CREATE TABLE stanza (id int PRIMARY KEY, casa varchar(20) COLLATE utf8mb4_general_ci, umore enum('su', 'giù'),
            visto datetime, FOREIGN KEY (casa) REFERENCES casa (codice));
          """;
      registry.dev.execute(tables);
      registry.prod.execute(
          tables,
          "INSERT INTO casa VALUES ('Kanarie1', REPEAT('kanarie', 30), 'ABC1'), ('kanarie2', '',"
              + " 'abd1')",
          "INSERT INTO stanza VALUES (1, 'KANARIE1', 'su', '1971-03-17 10:00:00'), (2, 'kanarie2',"
              + " 'giù', NULL)");
      registry.configure(
          "tables: [casa, stanza]\n"
              + KEY
              + "mask: {casa: {codice: hash, nota: email, sigla: format}, stanza: {visto:"
              + " date}}\n");

      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup"))
          .as(registry::last)
          .isZero();

      assertThat(registry.sightings()).isEmpty();
      assertThat(
              registry.dev.rows(
                  "SELECT s.id, s.umore, s.visto, LENGTH(c.nota) FROM stanza s JOIN casa c ON"
                      + " c.codice = s.casa ORDER BY s.id"))
          .containsExactly("1|su|1971-01-01 12:00:00|29", "2|giù|\\N|0");
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isZero();
      assertThat(registry.last()).contains("\"status\":\"unchanged\"");
    }
  }

  /** Lists of links and generic relations hold what rows are recognised by. */
  @ParameterizedTest
  @EnumSource
  void whatRowsAreRecognisedByDoesNotLeaveInListsOrRelations(Engine engine) {
    try (Registry registry = new Registry(folder, engine, engine)) {
      String tables =
          """
          CREATE TABLE django_content_type (id int PRIMARY KEY, app_label varchar(100) NOT NULL,
            model varchar(100) NOT NULL, UNIQUE (app_label, model));
          INSERT INTO django_content_type VALUES (1, 'reg', 'persona'), (2, 'reg', 'nota'), (3, 'reg', 'etichetta'), (4, 'reg', 'contratto'), (5, 'reg', 'registro');
          CREATE TABLE reg_nota (id int PRIMARY KEY, testo varchar(20), content_type_id int NOT NULL,
            object_id int NOT NULL, FOREIGN KEY (content_type_id) REFERENCES django_content_type (id));
          """;
      registry.dev.execute(tables);
      registry.prod.execute(tables, "INSERT INTO reg_nota VALUES (1, NULL, 1, 1)");
      registry.configure(
          """
          tables: [reg.Nota, {model: reg.Persona, match: [codice]}, {model: reg.Etichetta, match: [nome]},
            reg.Contratto, reg.Registro]
          exclude: [auth.User]
          """
              + Registry.MASKS);

      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup")).isEqualTo(2);

      assertThat(registry.last())
          .contains(
              "reg.Nota.object_id is a generic relation",
              "reg.Persona.etichette lists rows by what they are recognised by, which is masked");
      assertThat(registry.sightings()).isEmpty();
    }
  }
}
