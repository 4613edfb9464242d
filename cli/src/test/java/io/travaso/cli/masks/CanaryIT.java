package io.travaso.cli.masks;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A canary in every text of prod is seen nowhere outside of it, and dev is whole all the same. */
class CanaryIT {
  private static final String BOTH =
      "SELECT p.codice, p.padre, p.ragione, (SELECT f.ragione FROM reg_persona f WHERE f.codice ="
          + " p.padre) AS padre FROM reg_persona p ORDER BY p.id";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, POSTGRESQL",
    "MARIADB, MARIADB",
    "POSTGRESQL, MARIADB",
    "MARIADB, POSTGRESQL"
  })
  void noneIsSeenOutsideOfProd(Engine dev, Engine prod) throws Exception {
    try (Registry registry = new Registry(folder, dev, prod)) {
      List<String> before = registry.prod.table("reg_persona");
      // They can be seen where they are: who finds none elsewhere has looked for the right thing.
      List<String> seen = new ArrayList<>();
      Registry.look("prod", String.join("\n", before), seen);
      assertThat(seen).hasSizeGreaterThanOrEqualTo(4);

      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json"))
          .as(registry::last)
          .isZero();
      assertThat(registry.sync("export", "--env", "prod", "--output", "out.json", "--indent", "2"))
          .as(registry::last)
          .isZero();
      assertThat(registry.sightings()).isEmpty();
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.map(Path::toString).filter(f -> f.contains("exports")).toList())
            .as("there was something to look through")
            .anyMatch(f -> f.contains(".manifest.json"))
            .hasSizeGreaterThanOrEqualTo(3);
      }
      wholeInDev(registry);
      assertThat(registry.prod.table("reg_persona")).isEqualTo(before);

      // The same masks again: nothing to do.
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isZero();
      assertThat(registry.last()).contains("\"status\":\"unchanged\"");
      assertThat(Files.readString(folder.resolve("out.manifest.json")))
          .contains(
              "\"codice\" : \"hash\"", "\"padre\" : \"hash\"", "\"persona_codice\" : \"hash\"")
          .doesNotContain("correct horse");
      assertThat(registry.sightings()).isEmpty();
    }
  }

  /** Foreign keys lead to the same rows, NULL and empty texts are where they were. */
  private static void wholeInDev(Registry registry) {
    assertThat(registry.dev.rows(BOTH))
        .hasSize(3)
        .anyMatch(r -> r.endsWith("|\\N|Alfa|\\N"))
        .anyMatch(r -> r.endsWith("|Beta|Alfa"))
        .anyMatch(r -> r.endsWith("|Gamma|Beta"));
    assertThat(
            registry.dev.rows(
                "SELECT c.valore, p.ragione FROM reg_contratto c LEFT JOIN reg_persona p"
                    + " ON p.codice = c.persona_codice ORDER BY c.valore"))
        .containsExactly("10|Alfa", "20|Beta", "30|\\N");
    assertThat(
            registry.dev.rows(
                "SELECT p.ragione, count(*) FROM reg_persona_etichette e JOIN reg_persona p"
                    + " ON p.id = e.persona_id GROUP BY p.ragione ORDER BY 1"))
        .containsExactly("Alfa|2", "Beta|1");
    assertThat(
            registry.dev.rows(
                "SELECT telefono, nome, note, nato, tessera FROM reg_persona WHERE ragione ="
                    + " 'Gamma'"))
        .containsExactly("\\N|||\\N|");
    assertThat(
            registry.dev.rows(
                "SELECT email, telefono, note, nato FROM reg_persona WHERE ragione = 'Alfa'"))
        .singleElement()
        .asString()
        .matches("[A-Za-z2-7]{16}@mask.invalid\\|\\+39 \\d{8} \\d{2}\\|redacted\\|1971-01-01");
    assertThat(registry.dev.rows("SELECT riga, causale FROM reg_registro ORDER BY id"))
        .containsExactly("redacted|visto", "\\N|\\N");
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL", "MARIADB"})
  void aRunThatFailsShowsNoneEither(Engine engine) {
    try (Registry registry = new Registry(folder, engine, engine)) {
      registry.dev.execute("ALTER TABLE reg_persona ADD CHECK (email LIKE '%example.com')");

      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isNotZero();
      assertThat(registry.last()).contains("reg.Persona");
      assertThat(registry.sightings()).isEmpty();
      assertThat(registry.dev.table("reg_persona")).isEmpty();
    }
  }

  /** Messages name rows by their key, but for one that is masked. */
  @Test
  void rowsThatCantBeExportedAreNotNamedByAMaskedKey() {
    try (Registry registry = new Registry(folder, Engine.POSTGRESQL, Engine.POSTGRESQL)) {
      registry.configure(
          """
          tables: [{model: reg.Persona, match: [codice]}, reg.Etichetta, reg.Contratto, reg.Registro]
          exclude: [auth.User]
          references: {auth.User: {match: [username]}}
          """
              + Registry.MASKS);
      registry.prod.execute(
          "ALTER TABLE reg_persona DROP CONSTRAINT reg_persona_autore_id_fkey",
          "UPDATE reg_persona SET autore_id = 99 WHERE id = 3",
          "ALTER TABLE reg_persona ADD FOREIGN KEY (autore_id) REFERENCES auth_user (id) NOT"
              + " VALID");

      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isEqualTo(5);

      assertThat(registry.last())
          .contains("rows reference what does not exist", "not named since their key is masked");

      for (var database : List.of(registry.dev, registry.prod)) {
        database.execute("ALTER TABLE reg_persona ADD COLUMN allegato oid");
      }
      registry.prod.execute("UPDATE reg_persona SET allegato = lo_from_bytea(0, 'x')");
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isEqualTo(5);
      assertThat(registry.last()).contains("reg.Persona.allegato holds large objects");
      assertThat(registry.sightings()).isEmpty();
    }
  }
}
