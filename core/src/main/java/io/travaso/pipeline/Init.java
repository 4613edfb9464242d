package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.SecretReference;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.file.PartFile;
import io.travaso.merge.MergePolicy;
import io.travaso.site.Requests;
import io.travaso.site.SetProposal;
import io.travaso.site.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Writes a configuration to start from. It never holds a secret. */
public final class Init {
  /** There is no secret in it, and it is meant to be shared with the project. */
  private static final int READABLE = 0644;

  private final Surroundings surroundings;
  private final String toolVersion;
  private final Clock clock;

  public Init(Surroundings surroundings, String toolVersion, Clock clock) {
    this.surroundings = surroundings;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  /**
   * What was written.
   *
   * @param file absolute
   * @param tables how many tables the proposed set has, those that come along by themselves not
   *     counted; 0 for the template
   * @param leftOut what was left out of it, and why
   * @param findings what a check of the database says about the proposed set
   */
  public record Written(Path file, int tables, List<LeftOut> leftOut, List<Finding> findings) {

    public Written {
      leftOut = List.copyOf(leftOut);
      findings = List.copyOf(findings);
    }
  }

  /** A table that is better not synced. */
  public record LeftOut(String table, String why) {}

  /** Where the configuration is looked for first: {@code sync-config/sync.yaml} in this folder. */
  public Path usualFile() {
    return surroundings.directory().resolve("sync-config/sync.yaml");
  }

  /**
   * Writes the template, every setting explained.
   *
   * @param overwrite whether a file that is there already is replaced
   * @throws io.travaso.SyncException if there is one and it must not be
   */
  public Written writeTemplate(Path file, boolean overwrite) {
    return new Written(
        write(file, ConfigTemplate.read().text(), overwrite), 0, List.of(), List.of());
  }

  /**
   * Asks a database for its tables and writes the template with the set they suggest.
   *
   * @param url the development database, as the configuration wants it, without a password
   * @param password where its password is found; {@link SecretReference.None} for {@code ~/.pgpass}
   * @param overwrite whether a file that is there already is replaced
   * @throws io.travaso.SyncException if there is one and it must not be, the URL is wrong, or the
   *     database can't be asked; nothing is written then
   */
  public Written writeProposal(Path file, String url, SecretReference password, boolean overwrite) {
    DatabaseSettings.requireUrl(url);
    ConfigTemplate template = ConfigTemplate.read().withDatabase(url, password);
    Path target = surroundings.directory().resolve(file).normalize();
    refuseExisting(target, overwrite);
    SetProposal proposal = at(template.text(), target, Site::propose);
    if (proposal.size() == 0) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "There is no table to sync in that database",
          "Is it the right one, and is the schema there?",
          proposal.leftOut().stream().map(l -> l.name() + ": " + l.why()).toList());
    }
    String text = template.withSet(proposal);
    List<Finding> findings = at(text, target, Init::check);
    write(target, text, overwrite);
    return new Written(
        target,
        proposal.size(),
        proposal.leftOut().stream().map(l -> new LeftOut(l.name(), l.why())).toList(),
        findings);
  }

  /** Asks the development database that a text configures, as if it stood in that file. */
  private <T> T at(String text, Path file, Function<Site, T> question) {
    SyncConfig config = SyncConfig.parse(text, file, surroundings);
    try (Site site =
        Sites.open(config, config.environment("dev"), surroundings, toolVersion, clock)) {
      return question.apply(site);
    }
  }

  /** What is wrong with the set, now that it is written down. */
  private static List<Finding> check(Site site) {
    return site
        .check(
            new Requests.Check(Requests.Role.SOURCE, List.of(), MergePolicy.UPSERT, false),
            Progress.SILENT)
        .findings()
        .stream()
        .filter(f -> f.severity() != Finding.Severity.OK)
        .toList();
  }

  private Path write(Path file, String text, boolean overwrite) {
    Path target = surroundings.directory().resolve(file).normalize();
    refuseExisting(target, overwrite);
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      PartFile.write(target, READABLE, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      return target;
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Writing " + target + " failed: " + PartFile.reason(e),
          "Look at the folder's permissions.",
          e);
    }
  }

  private static void refuseExisting(Path file, boolean overwrite) {
    if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw SyncException.configuration(
          file + " is there already; it stays as it is",
          "Name another file, or say --force-overwrite to replace it.");
    }
  }
}
