package io.travaso.model;

import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Guard;
import io.travaso.pipeline.RunIdentity;
import io.travaso.pipeline.SyncOptions;
import io.travaso.pipeline.SyncReport;
import io.travaso.pipeline.Synchronization;
import io.travaso.site.LocalSite;
import io.travaso.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The real thing, in this process: each call is what a command does, with sites of its own. */
final class Tool {
  private static final String VERSION = "1.2.3";

  private final Surroundings surroundings;
  private final SyncConfig config;

  Tool(Path folder, Office dev, Office prod) {
    surroundings = new Surroundings(Map.of(), folder, folder);
    Path secret = folder.resolve("password");
    try {
      Files.writeString(secret, dev.database().password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    config =
        SyncConfig.parse(
            """
            environments:
              dev:
                database: {url: "%s", password: {file: "%s"}, tools: "%s"}
                backups: {directory: backups-dev, keep: 3}
              prod:
                database: {url: "%s", password: {file: "%s"}, tools: "%s"}
                backups: {directory: backups-prod, keep: 3}
            exports: {directory: exports, keep: 2}
            tables: [tag, customer, {table: code, match: [code]}, matter]
            exclude: [own]
            """
                .formatted(
                    dev.database().url(),
                    secret,
                    tools(dev),
                    prod.database().url(),
                    secret,
                    tools(prod)),
            folder.resolve("sync-config/sync.yaml"),
            surroundings);
  }

  private static Path tools(Office office) {
    return office.database().server().dumpDirectory().orElseThrow();
  }

  SyncReport sync(Order order, boolean dryRun) {
    SyncOptions options =
        new SyncOptions(
            order.toProd() ? "dev-to-prod" : "prod-to-dev",
            dryRun,
            order.fullReplace(),
            order.backup(),
            List.of(),
            null,
            false,
            false,
            false);
    Clock clock = Clock.systemUTC();
    try (Site source = site(order.toProd() ? "dev" : "prod");
        Site target = site(order.toProd() ? "prod" : "dev")) {
      return new Synchronization(
              options,
              new Guard(config, VERSION, clock),
              source,
              target,
              new Mute(),
              new Yes(),
              RunIdentity.create(clock, "anna@laptop"))
          .run();
    }
  }

  private Site site(String name) {
    return new LocalSite(
        config, config.environment(name), surroundings, VERSION, Clock.systemUTC());
  }
}
