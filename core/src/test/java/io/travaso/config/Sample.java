package io.travaso.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configurations to read, as if they stood in {@code /project/sync-config/sync.yaml}. */
final class Sample {
  static final Path FILE = Path.of("/project/sync-config/sync.yaml");

  /** The example of the documentation, with references. */
  static final String EXAMPLE =
      """
      environments:
        dev:
          database: {url: "postgresql://mygest@localhost:5432/mygest", password: {env: DEV_DB_PASSWORD}}
        prod:
          protected: true
          ssh: {host: vps.example.it, port: 22, user: mygest, identity: ~/.ssh/id_ed25519, known-hosts: ~/.ssh/known_hosts}
          home: /srv/mygest/sync                  # the tool, its work files and its log on that host
          database: {url: "postgresql://mygest_user@localhost:5432/mygest", password: {dotenv: /srv/mygest/app/.env, key: DB_PASSWORD}}
          backups: {directory: /srv/mygest/backups/sync, keep: 10}
      # mode: dev_to_prod                         # when set (here or as SYNC_MODE in .env.sync): the master's direction; the other one needs --against-master
      exports: {directory: fixtures/sync, keep: 5}
      tables:                                     # app.Model (Django's table names) or schema.table; order is ours to find
        anagrafiche: [anagrafiche.Anagrafica, anagrafiche.Cliente, anagrafiche.ContattoEmail, anagrafiche.Indirizzo]
        pratiche: [pratiche.TipoPratica, pratiche.Pratica, pratiche.PraticaNota]
        titolario: [{model: titolario.TitolarioVoce, table: vocititolario}]
      exclude: [auth.User, django_session, django_admin_log, django_migrations]
      references:
        auth.User: {match: [username], missing: refuse}
        contenttypes.ContentType: {match: [app_label, model], missing: null}
        public.sede: {match: codice, missing: 7}
      """;

  /** The least that is a configuration; more may be appended. */
  static final String LEAST =
      """
      environments:
        dev: {database: {url: "postgresql://me@localhost/app"}}
      tables: [app.Model]
      """;

  private Sample() {}

  static Surroundings surroundings(Map<String, String> variables) {
    return new Surroundings(variables, Path.of("/project"), Path.of("/home/anna"));
  }

  static SyncConfig read(String yaml) {
    return SyncConfig.parse(yaml, FILE, surroundings(Map.of()));
  }

  /** The problems of a text that is not a configuration. */
  static List<String> problems(String yaml) {
    return catchThrowableOfType(SyncException.class, () -> read(yaml)).details();
  }
}
