package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.cloning.CloneExport;
import io.travaso.cloning.CloneImport;
import io.travaso.cloning.ClonePackage;
import io.travaso.cloning.ClonePlan;
import io.travaso.cloning.CloneResult;
import io.travaso.cloning.CloneSide;
import io.travaso.cloning.CloneSource;
import io.travaso.config.Account;
import io.travaso.config.Environment;
import io.travaso.config.SecretResolver;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.database.ConnectionSettings;
import io.travaso.file.PartFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The database of an environment whose host is this machine, as one side of a clone. */
final class LocalCloning implements Cloning {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final String toolVersion;
  private final Clock clock;
  private final LocalDatabase database;

  LocalCloning(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock,
      LocalDatabase database) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.toolVersion = toolVersion;
    this.clock = clock;
    this.database = database;
  }

  private CloneSide side() {
    return new CloneSide(
        config,
        environment,
        database.get(),
        database.catalog(),
        database.settings(),
        maintenance(),
        database.reach().tools(),
        () -> new SecretResolver(surroundings, config.root()).resolve(config.masks().key()),
        toolVersion,
        clock);
  }

  private ConnectionSettings maintenance() {
    ConnectionSettings usual = database.settings();
    Account account = environment.database().maintenance();
    return account == null
        ? usual
        : new ConnectionSettings(
            usual.engine(),
            usual.host(),
            usual.port(),
            usual.database(),
            account.user(),
            usual.parameters(),
            new SecretResolver(surroundings, config.root())
                .resolve(account.password())
                .orElse(null));
  }

  @Override
  public CloneSource look(Progress progress) {
    return new CloneExport(side()).look(progress);
  }

  @Override
  public ClonePackage export(Progress progress) {
    Path directory = config.exports().directory();
    ExportsFolder.create(directory);
    removeLeftOver(directory);
    Path file =
        directory.resolve(environment.name() + "_clone_" + TIME.format(clock.instant()) + ".clone");
    return new CloneExport(side()).run(file, progress);
  }

  /** What clones that were killed have left: it holds rows, and nobody waits for it. */
  private void removeLeftOver(Path directory) {
    Instant old = clock.instant().minus(Duration.ofHours(12));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*_clone_*.clone*")) {
      for (Path file : left) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw SyncException.failed(
          "could not remove what an earlier clone left in " + directory + ": " + PartFile.reason(e),
          "remove it by hand: it holds rows");
    }
  }

  @Override
  public ClonePackage fetch(ClonePackage there, Progress progress) {
    return there;
  }

  @Override
  public ClonePackage send(ClonePackage here, Progress progress) {
    return here;
  }

  @Override
  public ClonePlan plan(CloneSource source, Progress progress) {
    return new CloneImport(side()).plan(source, progress);
  }

  @Override
  public CloneResult replace(ClonePackage pack, Progress progress) {
    return new CloneImport(side()).run(pack, progress);
  }

  @Override
  public void forget(ClonePackage pack) {
    try {
      Files.deleteIfExists(Path.of(pack.file()));
    } catch (IOException e) {
      throw SyncException.failed(
          "could not remove " + pack.file() + ": " + PartFile.reason(e),
          "remove it by hand: it holds the rows of " + pack.source().environment());
    }
  }
}
