package io.travaso.cli.masks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStream;
import io.travaso.cli.testing.Surrounded;
import io.travaso.testing.DatabasePool;
import io.travaso.testing.Engine;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An office's register of people, in prod with a canary in every text, and a dev with the same
 * tables; and the command, run in this process.
 */
final class Registry implements AutoCloseable {
  /** A word that stands in every text of prod, and nowhere else. */
  static final String CANARY = "kanarie";

  /** What else must not be seen: digits, a day, the canary's bytes in hexadecimal and base64. */
  static final List<String> CANARIES =
      List.of(CANARY, "98765432", "1971-03", "6b616e61726965", "a2FuYXJpZ");

  static final String MASKS =
      """
      mask-key: {env: MASK_KEY}
      mask:
        reg.Persona: {codice: {hash: keyed}, email: email, telefono: phone, nome: name, note: redact,
          dati: redact, foto: null, nato: {date: year}, luogo: format, tessera: digits, ragione: keep}
        reg.Registro: {riga: redact, causale: {fixed: "visto"}}
        reg.Etichetta: {nome: hash}
      """;

  private static final String TABLES =
      """
      CREATE TABLE auth_user (id int PRIMARY KEY, username varchar(60) NOT NULL UNIQUE);
      CREATE TABLE reg_persona (
        id $ID, codice varchar(16) NOT NULL UNIQUE, email varchar(120) NOT NULL UNIQUE,
        telefono varchar(40), nome varchar(60) NOT NULL DEFAULT '', note $TEXT, dati $JSON, foto $BYTES,
        nato date, luogo $TEXT, tessera varchar(30), ragione varchar(60) NOT NULL, padre varchar(16),
        autore_id int, FOREIGN KEY (padre) REFERENCES reg_persona (codice),
        FOREIGN KEY (autore_id) REFERENCES auth_user (id));
      CREATE TABLE reg_etichetta (id $ID, nome varchar(40) NOT NULL UNIQUE);
      CREATE TABLE reg_persona_etichette (id $ID, persona_id $INT NOT NULL, etichetta_id $INT NOT NULL,
        UNIQUE (persona_id, etichetta_id), FOREIGN KEY (persona_id) REFERENCES reg_persona (id),
        FOREIGN KEY (etichetta_id) REFERENCES reg_etichetta (id));
      CREATE TABLE reg_contratto (
        id $ID, persona_codice varchar(16), valore int NOT NULL,
        FOREIGN KEY (persona_codice) REFERENCES reg_persona (codice));
      CREATE TABLE reg_registro (id $ID, riga $TEXT, causale varchar(40), conto int NOT NULL);
      INSERT INTO auth_user VALUES (1, 'anna'), (2, 'bruno');
      """;

  private static final String PEOPLE =
      """
      INSERT INTO reg_persona (codice, email, telefono, nome, note, dati, foto, nato, luogo, tessera, ragione, padre, autore_id)
      VALUES
       ('KANARIE00000001X', 'Mario.Kanarie@example.com', '+39 98765432 01', 'Mario Kanarie',
        'riga kanarie\tcon tab\nKanarie \\ e 🦊 kanarie', '{"chi": "kanarie"}', '$PHOTO', '1971-03-17', 'Via Kanarie 1', 'IT98765432', 'Alfa', NULL, 1),
       ('kanarie00000002y', 'kanarie+due@example.com', 'chiedere di Kanarie', 'KANARIE SRL',
        'kanarie', '["kanarie"]', '$PHOTO', '1971-03-18', E'Kanarieweg "9"', 'kanarie 98765432', 'Beta', 'KANARIE00000001X', 2),
       ('KANARIE00000003Z', 'kanarie@tre.example.com', NULL, '', '', NULL, NULL, NULL, 'kanarië', '', 'Gamma', 'kanarie00000002y', NULL);
      INSERT INTO reg_etichetta (nome) VALUES ('kanarie'), ('kanarie due');
      INSERT INTO reg_persona_etichette (persona_id, etichetta_id) VALUES (1, 1), (1, 2), (2, 1);
      INSERT INTO reg_contratto (persona_codice, valore) VALUES ('KANARIE00000001X', 10), ('kanarie00000002y', 20), (NULL, 30);
      INSERT INTO reg_registro (riga, causale, conto) VALUES ('scritto a Mario.Kanarie@example.com', 'kanarie', 1), (NULL, NULL, 2);
      """;

  final TestDatabase dev;
  final TestDatabase prod;
  final Path folder;
  private final StringBuilder said = new StringBuilder();
  private String last = "";

  Registry(Path folder, Engine dev, Engine prod) {
    this.folder = folder;
    this.dev = DatabasePool.take(dev.shared());
    this.prod = DatabasePool.take(prod.shared());
    this.dev.execute(in(dev, TABLES));
    this.prod.execute(in(prod, TABLES));
    this.prod.execute(in(prod, PEOPLE));
    configure(
        """
        tables: [reg.Persona, reg.Etichetta, reg.Contratto, reg.Registro]
        exclude: [auth.User]
        references: {auth.User: {match: [username]}}
        """
            + MASKS);
  }

  private static String in(Engine engine, String sql) {
    boolean maria = engine == Engine.MARIADB;
    String text =
        sql.replace("$ID", maria ? "int AUTO_INCREMENT PRIMARY KEY" : "serial PRIMARY KEY")
            .replace("$INT", "int")
            .replace("$TEXT", maria ? "longtext" : "text")
            .replace("$JSON", maria ? "json" : "jsonb")
            .replace("$BYTES", maria ? "longblob" : "bytea")
            .replace("'$PHOTO'", maria ? "X'6b616e61726965'" : "'\\x6b616e61726965'");
    return maria ? text.replace("\\ e", "\\\\ e").replace(" E'", " '") : text;
  }

  /** The part of the configuration below the environments. */
  Registry configure(String yaml) {
    try {
      Files.createDirectories(folder.resolve("sync-config"));
      Files.writeString(
          folder.resolve("sync-config/sync.yaml"),
          """
          environments:
            dev: {database: {url: "%s", password: {env: DEV_PASSWORD}}}
            prod: {protected: true, database: {url: "%s", password: {env: PROD_PASSWORD}}}
          exports: {directory: exports}
          """
                  .formatted(dev.url(), prod.url())
              + yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** {@code sync ARGUMENTS}, and its exit code. */
  int sync(String... arguments) {
    Surrounded program =
        new Surrounded(folder)
            .with("DEV_PASSWORD", dev.password())
            .with("PROD_PASSWORD", prod.password())
            .with("MASK_KEY", "correct horse battery staple");
    int code = program.run(arguments);
    last = program.out().text() + program.err().text();
    said.append(last);
    return code;
  }

  /** What the last command wrote. */
  String last() {
    return last;
  }

  /** Where a canary is, of all that a sync leaves behind outside of prod. */
  List<String> sightings() {
    List<String> seen = new ArrayList<>();
    look("the output", said.toString(), seen);
    for (String table : dev.tables()) {
      look("dev's " + table, String.join("\n", dev.table(table)), seen);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        look(folder.relativize(file).toString(), text(file), seen);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seen;
  }

  static void look(String where, String text, List<String> seen) {
    String small = text.toLowerCase(Locale.ROOT);
    CANARIES.stream()
        .filter(canary -> small.contains(canary.toLowerCase(Locale.ROOT)))
        .forEach(canary -> seen.add(where + " has " + canary));
  }

  private static String text(Path file) throws IOException {
    if (!file.toString().endsWith(".zst")) {
      return Files.readString(file, ISO_8859_1);
    }
    try (InputStream in = new ZstdInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    DatabasePool.giveBack(dev);
    DatabasePool.giveBack(prod);
  }
}
