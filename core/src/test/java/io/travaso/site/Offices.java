package io.travaso.site;

import io.travaso.Progress;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.site.Requests.Role;
import io.travaso.testing.Engine;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sample application twice, after an ordinary day: as dev, on this machine, and as prod, where
 * the site under test is.
 */
public final class Offices implements AutoCloseable {
  private static final Map<Engine, Templates> TEMPLATES = new EnumMap<>(Engine.class);

  private final Path project;
  private final String prodHost;
  private final TestDatabase dev;
  private final TestDatabase prod;

  /**
   * Makes them on PostgreSQL.
   *
   * @param project the project's folder, empty
   * @param prodHost the lines of the configuration that say where prod lives; empty for here
   */
  public Offices(Path project, String prodHost) {
    this(Engine.POSTGRESQL, project, prodHost);
  }

  /**
   * Makes them.
   *
   * @param project the project's folder, empty
   * @param prodHost the lines of the configuration that say where prod lives; empty for here
   */
  public Offices(Engine engine, Path project, String prodHost) {
    this.project = project;
    this.prodHost = prodHost;
    Templates templates = TEMPLATES.computeIfAbsent(engine, Templates::of);
    this.dev = engine.shared().newDatabase(templates.dev());
    this.prod = engine.shared().newDatabase(templates.prod());
  }

  private record Templates(TestDatabase dev, TestDatabase prod) {
    static Templates of(Engine engine) {
      TestDatabase dev = engine.shared().newDatabase();
      TestDatabase prod = engine.shared().newDatabase();
      SampleOffice.createDev(dev, 1000);
      SampleOffice.run(dev, "everyday_dev");
      SampleOffice.createProd(prod, 1000);
      SampleOffice.run(prod, "everyday_prod");
      return new Templates(dev, prod);
    }
  }

  public TestDatabase dev() {
    return dev;
  }

  public TestDatabase prod() {
    return prod;
  }

  public static Surroundings surroundings(Path project) {
    return new Surroundings(Map.of(), project, project);
  }

  public Surroundings surroundings() {
    return surroundings(project);
  }

  public SyncConfig config() {
    return config(prodHost, "");
  }

  /**
   * The configuration.
   *
   * @param host the lines that say where prod lives
   * @param more further lines at its end
   */
  public SyncConfig config(String host, String more) {
    return SyncConfig.parse(
        """
        environments:
          dev:
            database: {url: "%s", password: {file: "%s"}}
          prod:
            %s
            database: {url: "%s", password: {file: "%s"}, tools: "%s"}
            backups: {directory: "%s", keep: 3}
        exports: {directory: exports, keep: 2}
        tables: [anagrafiche.Anagrafica, anagrafiche.Cliente, anagrafiche.ContattoEmail,
          anagrafiche.Indirizzo, pratiche.TipoPratica, pratiche.Etichetta, pratiche.Pratica,
          pratiche.PraticaNota, {model: titolario.TitolarioVoce, table: vocititolario},
          documenti.Documento, scadenze.Scadenza]
        exclude: [auth.User, django_content_type, django_session, django_migrations]
        %s
        """
            .formatted(
                dev.url(),
                secret(),
                host,
                prod.url(),
                secret(),
                prod.server().dumpDirectory().orElseThrow(),
                project.resolve("backups"),
                more),
        project.resolve("sync-config/sync.yaml"),
        surroundings());
  }

  private Path secret() {
    try {
      return Files.writeString(project.resolve("password"), dev.password());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Exports dev's tables to a fixture on this machine. */
  public Exported exportDev() {
    SyncConfig config = config();
    try (Site site =
        new LocalSite(
            config,
            config.environment("dev"),
            surroundings(),
            ToolMain.VERSION,
            Clock.systemUTC())) {
      return site.export(new Requests.Export(List.of(), null, ".json", 0), Progress.SILENT);
    }
  }

  /** Brings an exported fixture to a site and plans its merge. */
  public static MergePlan plan(Site site, Exported exported, Progress progress) {
    String there = site.send(Path.of(exported.file()), Progress.SILENT);
    return site.plan(
            new Requests.Plan(
                there, exported.sha256(), List.of(), MergePolicy.UPSERT, true, false, null),
            progress)
        .plan();
  }

  public static Requests.Merge merge(MergePlan plan, String runId, @Nullable String backup) {
    return new Requests.Merge(
        plan, runId, "dev-to-prod", "dev", "anna@laptop", null, null, backup, null);
  }

  public static Requests.Check check(Role role) {
    return new Requests.Check(role, List.of(), MergePolicy.UPSERT, true);
  }

  /** Every row of prod's, but for what the tool remembers there. */
  public List<String> state() {
    List<String> state = new ArrayList<>();
    for (String table : prod.tables()) {
      prod.table(table).forEach(row -> state.add(table + row));
    }
    return state;
  }

  /** So many labels more. */
  public void addLabels(TestDatabase database, int count) {
    database.execute(
        database.engine() == Engine.MARIADB
            ? "INSERT INTO pratiche_etichetta (nome, colore) SELECT CONCAT('e', seq), '#fff'"
                + " FROM seq_1_to_"
                + count
            : "INSERT INTO pratiche_etichetta (nome, colore)"
                + " SELECT 'e' || i, '#fff' FROM generate_series(1, "
                + count
                + ") AS i");
  }

  @Override
  public void close() {
    dev.close();
    prod.close();
  }
}
