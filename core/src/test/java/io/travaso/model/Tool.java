package io.travaso.model;

import io.travaso.config.OnConflict;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.ledger.Run;
import io.travaso.pipeline.Guard;
import io.travaso.pipeline.MergeOptions;
import io.travaso.pipeline.Renumber;
import io.travaso.pipeline.Rollback;
import io.travaso.pipeline.RunIdentity;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.Synchronization;
import io.travaso.pipeline.UndoFlow;
import io.travaso.site.LocalSite;
import io.travaso.site.Requests;
import io.travaso.site.Site;
import io.travaso.testing.CuttingProxy;
import io.travaso.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The real thing, in this process: each call is what a command does, with sites of its own. */
final class Tool {
  private static final String VERSION = "1.2.3";
  private static final String WHO = "anna@laptop";

  private final Surroundings surroundings;
  private final Path folder;
  private final Office dev;
  private final Office prod;

  Tool(Path folder, Office dev, Office prod) {
    this.folder = folder;
    this.dev = dev;
    this.prod = prod;
    surroundings = new Surroundings(Map.of(), folder, folder);
    try {
      Files.writeString(folder.resolve("password"), dev.database().password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Office office : List.of(dev, prod)) {
      try (Site site = site(config(), office.name())) {
        site.mark(new Requests.Mark(WHO));
      }
    }
  }

  /** Each environment is reached at a port of its own. */
  private SyncConfig config(int devs, int prods) {
    Path secret = folder.resolve("password");
    return SyncConfig.parse(
        """
        environments:
          dev:
            database: {url: "%s", password: {file: "%s"}, tools: "%s"}
            backups: {directory: backups-dev, keep: 20}
          prod:
            database: {url: "%s", password: {file: "%s"}, tools: "%s"}
            backups: {directory: backups-prod, keep: 20}
        exports: {directory: exports, keep: 2}
        tables: [tag, customer, {table: code, match: [code]}, matter]
        exclude: [own]
        """
            .formatted(url(dev, devs), secret, tools(dev), url(prod, prods), secret, tools(prod)),
        folder.resolve("sync-config/sync.yaml"),
        surroundings);
  }

  private static String url(Office office, int port) {
    return office
        .database()
        .url()
        .replace(":" + office.database().server().port() + "/", ":" + port + "/");
  }

  private static Path tools(Office office) {
    return office.database().server().dumpDirectory().orElseThrow();
  }

  private Office target(boolean prods) {
    return prods ? prod : dev;
  }

  /** A run's id, to be known whatever becomes of the run. */
  static RunIdentity newRun() {
    return RunIdentity.create(Clock.systemUTC(), WHO);
  }

  SyncReport sync(Order order, boolean dryRun) {
    return sync(order, dryRun, newRun(), Death.NONE);
  }

  /**
   * Syncs, as far as it comes.
   *
   * @throws Mortal.Died if that is how it ends
   */
  SyncReport sync(Order order, boolean dryRun, RunIdentity run, Death death) {
    Entity only = order.only();
    SyncOptions options =
        new SyncOptions(
            order.toProd() ? "dev-to-prod" : "prod-to-dev",
            dryRun,
            order.fullReplace(),
            order.backup(),
            only == null ? List.of() : List.of(only.table()),
            null,
            false,
            false,
            false,
            new MergeOptions(
                order.fullReplace() ? null : OnConflict.valueOf(order.policy().name()),
                Map.of(),
                null,
                !order.fullReplace() && order.wholeRows(),
                order.propagates(),
                List.of()));
    TestServer server = dev.database().server();
    Clock clock = Clock.systemUTC();
    String word = death.word();
    try (CuttingProxy proxy = CuttingProxy.to(server)) {
      int port = word == null ? server.port() : proxy.port();
      SyncConfig config =
          config(order.toProd() ? server.port() : port, order.toProd() ? port : server.port());
      if (word != null) {
        proxy.cutAt(word, death.cut());
      }
      Mortal mortal = new Mortal(death);
      try (Site source = site(config, order.toProd() ? "dev" : "prod");
          Site target = site(config, order.toProd() ? "prod" : "dev")) {
        return new Synchronization(
                options,
                new Guard(config, VERSION, clock),
                mortal.site(source),
                mortal.site(target),
                new Mute(),
                new Yes(),
                run)
            .run();
      }
    }
  }

  /** Takes the last sync of an environment back. */
  SyncReport rollBack(boolean prods) {
    SyncConfig config = config();
    String name = target(prods).name();
    try (Site site = site(config, name)) {
      return new Rollback(
              site,
              config.environment(name),
              new Guard(config, VERSION, Clock.systemUTC()),
              new Mute(),
              new Yes(),
              newRun())
          .run(null, false);
    }
  }

  /** Undoes the last sync of an environment. */
  SyncReport undo(boolean prods, boolean skipChanged) {
    SyncConfig config = config();
    String name = target(prods).name();
    try (Site site = site(config, name)) {
      return new UndoFlow(
              site,
              config.environment(name),
              new Guard(config, VERSION, Clock.systemUTC()),
              new Mute(),
              new Yes(),
              newRun(),
              new UndoFlow.Options(false, skipChanged, false))
          .run();
    }
  }

  /** Gives a row of an environment another key. */
  void renumber(boolean prods, String table, long key, boolean evenAgreed) {
    SyncConfig config = config();
    try (Site site = site(config, target(prods).name());
        Site other = site(config, target(!prods).name())) {
      new Renumber(
              site,
              List.of(other),
              new Guard(config, VERSION, Clock.systemUTC()),
              new Mute(),
              new Yes(),
              newRun())
          .run(table, List.of(key), null, false, evenAgreed);
    }
  }

  /** The runs an environment's ledger has. */
  List<Run> history(boolean prods) {
    try (Site site = site(config(), target(prods).name())) {
      return site.history();
    }
  }

  /** The runs in which an environment agreed with the other one. */
  Set<String> agreed(boolean prods) {
    try (Site site = site(config(), target(prods).name())) {
      return site.agreements(new Requests.Agreements(target(!prods).name())).stream()
          .flatMap(table -> table.runs().stream())
          .collect(Collectors.toSet());
    }
  }

  private SyncConfig config() {
    int port = dev.database().server().port();
    return config(port, port);
  }

  private Site site(SyncConfig config, String name) {
    return new LocalSite(
        config, config.environment(name), surroundings, VERSION, Clock.systemUTC());
  }
}
