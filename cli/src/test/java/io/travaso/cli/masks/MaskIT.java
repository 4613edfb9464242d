package io.travaso.cli.masks;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is masked does not come back, and what can't be masked is refused before it leaves. */
class MaskIT {
  private static final String SET =
      """
      tables: [reg.Persona, reg.Etichetta, reg.Contratto, reg.Registro]
      exclude: [auth.User]
      references: {auth.User: {match: [username]}}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, POSTGRESQL", "MARIADB, MARIADB", "POSTGRESQL, MARIADB"})
  void whatIsMaskedDoesNotComeBack(Engine dev, Engine prod) {
    try (Registry registry = new Registry(folder, dev, prod)) {
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup")).isZero();
      assertThat(registry.sync("dev-to-prod", "--force", "--no-backup", "--json")).isZero();
      assertThat(registry.last()).contains("\"status\":\"unchanged\"");

      registry.dev.execute(
          "UPDATE reg_persona SET ragione = 'Omega', email = 'new@dev', note = 'dev', padre = NULL"
              + " WHERE ragione = 'Beta'",
          "UPDATE reg_contratto SET persona_codice = NULL, valore = 11 WHERE valore = 10",
          "INSERT INTO reg_registro (riga, causale, conto) VALUES ('of dev', 'of dev', 3)");
      List<String> before =
          registry.prod.table("reg_persona").stream().map(r -> r.replace("Beta", "Omega")).toList();

      assertThat(registry.sync("dev-to-prod", "--force", "--no-backup", "--json"))
          .as(registry::last)
          .isZero();

      assertThat(registry.prod.table("reg_persona")).containsExactlyInAnyOrderElementsOf(before);
      assertThat(registry.prod.rows("SELECT persona_codice FROM reg_contratto WHERE valore = 11"))
          .containsExactly("KANARIE00000001X");
      assertThat(registry.prod.rows("SELECT riga, causale FROM reg_registro WHERE conto = 3"))
          .containsExactly("\\N|\\N");
      assertThat(registry.last())
          .contains("reg.Registro: 1 new row has no value in causale, riga, which are masked");
      assertThat(registry.sync("dev-to-prod", "--force", "--no-backup", "--json")).isZero();
      assertThat(registry.last()).contains("\"status\":\"unchanged\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void newRowsThatNeedAValueAreRefusedUntilARuleSaysWhich(Engine engine) {
    try (Registry registry = new Registry(folder, engine, engine)) {
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup")).isZero();
      registry.dev.execute(
          "INSERT INTO reg_persona (id, codice, email, ragione, note) VALUES (9, 'NEW', 'new@dev',"
              + " 'Delta', 'x')");
      List<String> before = registry.prod.table("reg_persona");

      assertThat(registry.sync("dev-to-prod", "--force", "--no-backup")).isEqualTo(5);
      assertThat(registry.last())
          .contains(
              "reg.Persona.codice, reg.Persona.email are masked",
              "say under `columns` what they get, keep-target");
      assertThat(registry.prod.table("reg_persona")).isEqualTo(before);

      registry.configure(
          SET
              + "columns: {reg.Persona: {codice: keep-target, email: {keep-target: {default:"
              + " \"?\"}}}}\n"
              + Registry.MASKS);
      assertThat(registry.sync("dev-to-prod", "--force", "--no-backup"))
          .as(registry::last)
          .isZero();
      assertThat(
              registry.prod.rows(
                  "SELECT codice, email, ragione, note FROM reg_persona WHERE id = 9"))
          .containsExactly("NEW|?|Delta|\\N");
      assertThat(registry.prod.table("reg_persona")).containsAll(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFixtureSaysItselfWhatIsMaskedInIt(Engine engine) throws Exception {
    try (Registry registry = new Registry(folder, engine, engine)) {
      assertThat(registry.sync("export", "--env", "prod", "--output", "out.json")).isZero();
      registry.configure(SET);
      List<String> before = registry.prod.table("reg_persona");
      registry.prod.execute("UPDATE reg_persona SET ragione = 'x'");

      assertThat(
              registry.sync(
                  "import", "--env", "prod", "--input", "out.json", "--force", "--no-backup"))
          .as(registry::last)
          .isZero();

      assertThat(registry.prod.table("reg_persona")).containsExactlyInAnyOrderElementsOf(before);
      assertThat(Files.readString(folder.resolve("out.manifest.json"))).contains("\"format\" : 2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStrictPolicyStopsWithTheLinesToPaste(Engine engine) throws Exception {
    try (Registry registry = new Registry(folder, engine, engine)) {
      registry.configure(SET + "mask-key: {env: MASK_KEY}\nmask-policy: strict\n");
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup")).isEqualTo(5);
      String list = registry.last();
      assertThat(list)
          .contains("14 columns with text", "  reg.Persona:", "    username: keep")
          .doesNotContain("padre", "persona_codice");
      assertThat(registry.sync("export", "--env", "prod", "--output", "out.json")).isEqualTo(5);
      assertThat(folder.resolve("out.json")).doesNotExist();

      String lines =
          list.substring(list.indexOf("mask:\n"))
              .lines()
              .map(line -> line.replaceFirst("^ {0,2}(?=mask:)", ""))
              .takeWhile(line -> line.startsWith("mask:") || line.startsWith("  "))
              .reduce("", (a, b) -> a + b + "\n");
      registry.configure(SET + "mask-key: {env: MASK_KEY}\nmask-policy: strict\n" + lines);
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup"))
          .as(lines + registry.last())
          .isZero();
      // Dates are no text: they are not asked for.
      assertThat(registry.sightings()).allMatch(s -> s.endsWith("1971-03"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCantBeKeptIsRefusedAllAtOnce(Engine engine) {
    try (Registry registry = new Registry(folder, engine, engine)) {
      registry.configure(
          SET
              + """
              mask-key: {env: MASK_KEY}
              mask:
                reg.Persona: {codice: email, email: redact, ragione: null, dati: hash, nato: name, padree: keep}
                reg.Etichetta: {nome: {fixed: x}}
                reg.Registro: {conto: phone}
                auth.User: {username: hash}
                reg.Niente: {a: keep}
              """);
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup")).isEqualTo(2);
      assertThat(registry.last())
          .contains(
              "there is no table \"reg.Niente\"",
              "reg.Persona has no column padree",
              "reg.Persona.codice has room for 16 characters, and a masked address needs 29",
              "reg.Persona.email has values that must differ",
              "reg.Persona.ragione may not be NULL",
              "reg.Persona.dati is of type",
              "reg.Persona.nato is of type",
              "reg.Etichetta.nome has values that must differ",
              "reg.Registro.conto is of type",
              "leaves as username of",
              "which is masked");
      assertThat(registry.sightings()).isEmpty();
    }
  }

  /** Rows recognised by a masked key go to dev, and can't come back. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, POSTGRESQL", "MARIADB, MARIADB", "MARIADB, POSTGRESQL"})
  void rowsRecognisedByAMaskedKeyOnlyLeave(Engine dev, Engine prod) {
    try (Registry registry = new Registry(folder, dev, prod)) {
      registry.configure(
          SET.replace("reg.Persona,", "{model: reg.Persona, match: [codice]},") + Registry.MASKS);
      registry.dev.execute(
          "INSERT INTO reg_persona (id, codice, email, ragione) VALUES (2, 'own', 'own@dev', 'of"
              + " dev')");
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup"))
          .as(registry::last)
          .isZero();
      assertThat(
              registry.dev.rows(
                  "SELECT count(*), count(DISTINCT codice) FROM reg_persona WHERE id > 2"))
          .containsExactly("3|3");
      assertThat(
              registry.dev.rows(
                  "SELECT p.ragione, count(*) FROM reg_persona_etichette e JOIN reg_persona p"
                      + " ON p.id = e.persona_id GROUP BY p.ragione ORDER BY 1"))
          .containsExactly("Alfa|2", "Beta|1");
      assertThat(registry.sync("prod-to-dev", "--force", "--no-backup", "--json")).isZero();
      assertThat(registry.last()).contains("\"status\":\"unchanged\"");
      assertThat(registry.sightings()).isEmpty();

      assertThat(registry.sync("dev-to-prod", "--force", "--no-backup")).isEqualTo(2);
      assertThat(registry.last())
          .contains("rows of reg.Persona are recognised by codice, which is masked");
    }
  }
}
