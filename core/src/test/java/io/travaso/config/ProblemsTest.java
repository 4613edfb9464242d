package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that can be wrong, and the line that tells it. */
class ProblemsTest {

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String yaml =
        """
        environments:
          dev:
            databse: {url: "postgresql://me@localhost/app"}
          prod:
            protected: maybe
            ssh: {host: vps.example.it, prot: 22, port: 022, identity: }
            database:
              url: "oracle://me@localhost/app"
              password: hunter2
        mode: both
        exports: {keep: 0}
        tables:
          a: [app.Model, app.Model, a.b.c, ""]
          b: app.Other
        exclude: [app.Model, ~]
        references:
          app.Model: {match: [x]}
          auth.User: {missing: nul}
        logs: x
        """;

    List<String> problems = Sample.problems(yaml);
    assertThat(problems)
        .isSortedAccordingTo(Comparator.comparing(ProblemsTest::lineNumber))
        .containsExactlyInAnyOrder(
            "sync.yaml:3: environments.dev.database: is missing; for example {url: \"postgresql://user@localhost:5432/database\"}",
            "sync.yaml:3: environments.dev.databse: unknown key; did you mean \"database\"?",
            "sync.yaml:5: environments.prod.home: is missing; for example /srv/app/sync: the tool's own folder on that host",
            "sync.yaml:5: environments.prod.protected: is neither true nor false",
            "sync.yaml:6: environments.prod.ssh.identity: has no value; give it one or remove it",
            "sync.yaml:6: environments.prod.ssh.port: is not a whole number from 1 to 65535; write it without leading zeros",
            "sync.yaml:6: environments.prod.ssh.prot: unknown key; did you mean \"port\"?",
            "sync.yaml:6: environments.prod.ssh.user: is missing; for example deploy",
            "sync.yaml:8: environments.prod.database.url: is not the URL of a PostgreSQL or MariaDB database; write postgresql://user@host:5432/database or mariadb://user@host:3306/database",
            "sync.yaml:9: environments.prod.database.password: a secret does not belong into this file; refer to it: {env: NAME}, {file: PATH}, {dotenv: PATH, key: NAME}, {command: [PROGRAM, ARGUMENT]}",
            "sync.yaml:10: mode: is not a direction; write dev_to_prod or prod_to_dev, or remove it",
            "sync.yaml:11: exports.keep: is not a whole number from 1 to 100000",
            "sync.yaml:13: tables.a: app.Model is named twice; the other one is in line 13",
            "sync.yaml:13: tables.a[3]: \"a.b.c\" is not the name of a table; write app.Model, schema.table or table; a part with a dot or a quote in it goes into double quotes",
            "sync.yaml:13: tables.a[4]: has no value; give it one or remove it",
            "sync.yaml:14: tables.b: is a value, not a list of tables",
            "sync.yaml:15: exclude: app.Model is in tables too, line 13; remove it from one of the two",
            "sync.yaml:15: exclude: names no table; a table that is called null goes into quotes",
            "sync.yaml:17: references.app.Model: is in tables too, line 13; references are for tables that are left out",
            "sync.yaml:18: references.auth.User.match: is missing; for example [username]: the columns that say which row it is",
            "sync.yaml:18: references.auth.User.missing: is neither refuse nor null nor an id; did you mean \"null\"?",
            "sync.yaml:19: logs: unknown key; did you mean \"log\"?");
  }

  private static int lineNumber(String problem) {
    return Integer.parseInt(problem.replaceFirst("^sync.yaml:([0-9]+):.*", "$1"));
  }

  @Test
  void theErrorItselfNamesTheFileAndCounts() {
    assertThatThrownBy(() -> Sample.read(Sample.LEAST + "logs: x\nfoo: y\n"))
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
              assertThat(e.what())
                  .isEqualTo(
                      "reading the configuration /project/sync-config/sync.yaml: 2 problems");
              assertThat(e.details().get(1)).startsWith("sync.yaml:5: foo: unknown key; known are");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|sync.yaml: is empty; sync init writes one to start from",
        "# only a comment|sync.yaml: is empty; sync init writes one to start from",
        "---|sync.yaml: is empty; sync init writes one to start from",
        "[dev, prod]|sync.yaml: is a list, not a group of keys; sync init writes one to start from",
        "hello|sync.yaml: is a value, not a group of keys; sync init writes one to start from",
        "{}|sync.yaml:1: environments: names no environment; for example dev and prod",
        "environments: {}|sync.yaml:1: environments: names no environment; for example dev and prod",
        "environments: [dev]|sync.yaml:1: environments: is a list, not a group of keys",
        "environments: {dev: }|sync.yaml:1: environments.dev: is nothing, not a group of keys",
        "environments: {a b: {}}|sync.yaml:1: environments.a b: is not a name for an environment; use letters, digits, - and _, up to 63 of them",
        "tables: []|sync.yaml:1: tables: names no table; for example tables: [app.Model, schema.table]",
        "tables: x|sync.yaml:1: tables: is a value, not a list of tables",
        "tables: {a: }|sync.yaml:1: tables.a: is nothing, not a list of tables",
        "tables: [{match: [a]}]|sync.yaml:1: tables[1]: names neither a model nor a table; for example {model: app.Model}",
        "tables: [{model: a.B, tabel: x}]|sync.yaml:1: tables[1].tabel: unknown key; did you mean \"table\"?",
        "tables: [{model: a.B, match: [x, x]}]|sync.yaml:1: tables[1].match: names a column twice",
        "tables: [{model: a.B, match: []}]|sync.yaml:1: tables[1].match: names no column; for example match: [username]",
        "tables: [[a]]|sync.yaml:1: tables[1]: is a list, not one value",
        "tables: [a, {model: x.Y, table: a}]|sync.yaml:1: tables: a is named twice; the other one is in line 1",
        "exclude: x|sync.yaml:1: exclude: is a value, not a list of tables",
        "exclude: [a, a]|sync.yaml:1: exclude: a is named twice",
        "exclude: [\"a\\0b\"]|sync.yaml:1: exclude: holds a control character",
        "exclude: ['\"a']|sync.yaml:1: exclude: \"\"a\" is not the name of a table; write app.Model, schema.table or table; a part with a dot or a quote in it goes into double quotes",
        "references: [x]|sync.yaml:1: references: is a list, not a group of keys",
        "mode: {a: b}|sync.yaml:1: mode: is a group of keys, not one value",
        "exports: {keep: 1.5}|sync.yaml:1: exports.keep: is not a whole number from 1 to 100000",
        "exports: {keep: 99999999999}|sync.yaml:1: exports.keep: is not a whole number from 1 to 100000",
        "exports: {keep: 0x10}|sync.yaml:1: exports.keep: is not a whole number from 1 to 100000",
        "exports: {keep: 1, keep: 2}|sync.yaml:1: exports.keep: the same key as in line 1; keep one of the two",
        "log: *nowhere|sync.yaml:1: log: an alias without an anchor before it; a value that begins with * goes into quotes",
        "log: !tag x|sync.yaml:1: log: tags have no meaning here; a value that begins with ! goes into quotes",
        "<<: x|sync.yaml:1: << takes a group of keys",
      })
  void tells(String yaml, String problem) {
    assertThat(Sample.problems(yaml)).contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a: 1\n\tb: 2`|sync.yaml:2: is not YAML: ",
        "`a: 1\nb: [1, 2`|sync.yaml:2: is not YAML: ",
        "`a: 'x\nb: 2`|sync.yaml:1: is not YAML: ",
        "`a: {b: c}}`|sync.yaml:1: is not YAML: ",
        "`{a: b}: c`|sync.yaml:1: is not YAML: a key must be plain text",
        "`a: 1\nb: \u0001`|sync.yaml",
        "`a: &a [*a]`|sync.yaml:1: a: an alias without an anchor before it",
        "`a: 1\n---\nb: 2`|sync.yaml:3: has more than one document; remove the line ---",
      })
  void tellsWhereYamlIsBroken(String yaml, String beginning) {
    assertThat(Sample.problems(yaml)).anySatisfy(line -> assertThat(line).startsWith(beginning));
  }

  @Test
  void refusesTwoNamesForOneDatabase() {
    assertThat(
            Sample.problems(
                """
                environments:
                  dev: {database: {url: "postgresql://me@localhost/app"}}
                  prod: {database: {url: "postgresql://other@127.0.0.1:5432/app"}}
                tables: [app.Model]
                """))
        .containsExactly(
            "sync.yaml:3: environments.prod: has the same database as dev; give each environment its own");
  }

  @Test
  void refusesTheHomeOfThisMachineOnAnotherOne() {
    assertThat(
            Sample.problems(
                """
                environments:
                  prod:
                    ssh: {host: h, user: u, connect-timeout: soon}
                    home: ~/sync
                    database: {url: "postgresql://me@localhost/app"}
                    backups: {directory: ~/backups}
                tables: [app.Model]
                """))
        .containsExactly(
            "sync.yaml:3: environments.prod.ssh.connect-timeout: is not a duration; for example 10s, 500ms or 1m",
            "sync.yaml:4: environments.prod.home: is not an absolute path; write it from / on, without ~",
            "sync.yaml:6: environments.prod.backups.directory: begins with ~ on another host; write the whole path, or one relative to home");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy(@TempDir Path folder) throws IOException {
    Path latin =
        Files.write(
            folder.resolve("a.yaml"), "a: 1\nb: caffè".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = Files.write(folder.resolve("b.yaml"), "a: 1".getBytes(StandardCharsets.UTF_16));
    Path huge = Files.write(folder.resolve("c.yaml"), new byte[(1 << 20) + 1]);

    assertRefused(latin, "line 2 is not UTF-8");
    assertRefused(wide, "line 1 is not UTF-8");
    assertRefused(huge, "it is larger than 1 MiB");
    assertRefused(folder, "it is a folder");
    assertRefused(folder.resolve("none.yaml"), "there is no such file");
    assertRefused(latin.resolve("sync.yaml"), latin.toString());
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> SyncConfig.read(file, Sample.surroundings(Map.of())))
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
              assertThat(e.what()).startsWith("reading the configuration " + file).contains(why);
              assertThat(e.hint()).isNotEmpty();
            });
  }

  @Test
  void aByteOrderMarkIsReadOver(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("sync.yaml"), "\uFEFF" + Sample.LEAST);

    assertThat(SyncConfig.read(file, Sample.surroundings(Map.of())).tables()).hasSize(1);
  }

  /** Wherever somebody puts a password, no message repeats it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: 'postgresql://me:hunter2@localhost/app'",
        "url: 'postgresql://me:hun/hunter2@localhost/app'",
        "url: 'postgresql://me:hun?hunter2@localhost/app'",
        "url: 'postgresql://me@localhost:hunter2/app'",
        "url: 'postgresql://me@localhost/app?password=hunter2'",
        "url: 'postgresql://me@localhost/app?hunter2=1'",
        "url: 'hunter2'",
        "{url: 'postgresql://me@localhost/app', password: hunter2}",
        "{url: 'postgresql://me@localhost/app', password: [hunter2]}",
        "{url: 'postgresql://me@localhost/app', password: {hunter2: }}",
        "{url: 'postgresql://me@localhost/app', password: {env: hunter2!}}",
        "{url: 'postgresql://me@localhost/app', password: {evn: hunter2}}",
        "{url: 'postgresql://me@localhost/app', password: {command: hunter2}}",
        "{url: 'postgresql://me@localhost/app', password: *hunter2}",
        "{url: 'postgresql://me@localhost/app', password: !hunter2}",
        "{url: 'postgresql://me@localhost/app', password: @hunter2}",
        "{url: 'postgresql://me@localhost/app', password: %hunter2}",
        "{url: 'postgresql://me@localhost/app', password: 'hunter2}",
        "{url: 'postgresql://me@localhost/app', password: hunter2: x: y}",
      })
  void neverRepeatsAPassword(String database) {
    String inline = database.startsWith("{") ? database : "{" + database + "}";
    String yaml = "environments: {dev: {database: " + inline + "}}\ntables: [a.B]\n";

    assertThatThrownBy(() -> Sample.read(yaml))
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> {
              assertThat(e.details()).isNotEmpty();
              assertThat(e.what() + e.hint() + e.details()).doesNotContain("hunter2");
            });
  }

  @Test
  void aPasswordInTheUrlIsRefusedWithTheRemedy() {
    assertThat(Sample.problems(Sample.LEAST.replace("me@", "me:x@")))
        .containsExactly(
            "sync.yaml:2: environments.dev.database.url: holds a password; take it out of the URL and refer to it: password: {env: NAME}, or file, dotenv + key, command, ~/.pgpass");
  }
}
