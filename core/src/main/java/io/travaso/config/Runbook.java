package io.travaso.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service is upgraded, {@code sync-config/runbooks/SERVICE.yaml}. In its texts {@code {tag}}
 * stands for the new tag, {@code {from}} for the one before, {@code {service}} for the service.
 *
 * @param service as the configuration calls it
 * @param images the compose services whose image gets the new tag
 * @param quiesce what makes the service hold still; null for what the configuration says
 * @param pull whether the new images are fetched; where they are not, they are on the host
 * @param migrate what changes the data for the new version; run exactly once
 * @param start the compose services that are brought up; empty for those whose image changes
 * @param smoke what says whether it works
 */
public record Runbook(
    String service,
    List<Image> images,
    Preflight preflight,
    ServiceSettings.@Nullable Quiesce quiesce,
    boolean pull,
    List<RunbookAction> migrate,
    List<String> start,
    List<RunbookCheck> smoke,
    After after,
    Rollback rollback) {

  public Runbook {
    images = List.copyOf(images);
    migrate = List.copyOf(migrate);
    start = List.copyOf(start);
    smoke = List.copyOf(smoke);
  }

  /**
   * A compose service whose image gets the new tag.
   *
   * @param repository what its image must be called, without registry and tag; null for anything
   * @param dropDigest whether a digest that stands behind the tag is removed
   * @param data a folder in its container that an older image can't read when a newer one had it,
   *     such as a database server's: it is archived from the stopped container, and comes back with
   *     the old image; null for none
   */
  public record Image(
      String service, @Nullable String repository, boolean dropDigest, @Nullable String data) {
    /** An image of any repository without such a folder. */
    public Image(String service) {
      this(service, null, false, null);
    }
  }

  /**
   * What must be so before anything is changed.
   *
   * @param diskBytes that must be free where backups are kept and where Docker keeps its images
   * @param releaseNotes where they are; null where nobody said
   * @param backupNotOlderThan how old the newest backup may be; null where it does not matter
   * @param majorSteps how many major versions may be taken at once; null for any number
   */
  public record Preflight(
      long diskBytes,
      @Nullable String releaseNotes,
      @Nullable Duration backupNotOlderThan,
      @Nullable Integer majorSteps,
      List<RunbookCheck> checks) {
    /** Nothing but what is always looked at. */
    static final Preflight NONE = new Preflight(0, null, null, null, List.of());

    public Preflight {
      checks = List.copyOf(checks);
    }
  }

  /**
   * What is done when the new version works.
   *
   * @param backup whether it is backed up
   */
  public record After(List<RunbookAction> commands, boolean backup) {
    /** Nothing. */
    static final After NONE = new After(List.of(), false);

    public After {
      commands = List.copyOf(commands);
    }
  }

  /**
   * What the way back does besides bringing back image and data.
   *
   * @param commands run when the old version was started
   * @param smoke what says whether the old version works; null for what says it of the new one
   */
  public record Rollback(List<RunbookAction> commands, @Nullable List<RunbookCheck> smoke) {
    /** Nothing. */
    static final Rollback NONE = new Rollback(List.of(), null);

    public Rollback {
      commands = List.copyOf(commands);
      smoke = smoke == null ? null : List.copyOf(smoke);
    }
  }

  /**
   * A program in a container of the project.
   *
   * @param service the compose service
   * @param user of the container; null for the image's own
   * @param argv the program and its arguments; no shell reads them
   * @param oneOff whether it runs in a container made for it, which is removed afterwards, rather
   *     than in the running one
   * @param skipEntrypoint whether the image's entrypoint is left out in that container
   * @param environment variables for it, none of them secret
   * @param envFile a file of variables on the service's host, for secrets; null for none
   * @param within after which it is killed; null for as long as it takes
   */
  public record Program(
      String service,
      @Nullable String user,
      List<String> argv,
      boolean oneOff,
      boolean skipEntrypoint,
      Map<String, String> environment,
      @Nullable String envFile,
      @Nullable Duration within) {
    public Program {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
    }

    /** A program in the running container. */
    public static Program of(ServiceSettings.ServiceCommand command) {
      return new Program(
          command.service(), command.user(), command.argv(), false, false, Map.of(), null, null);
    }
  }

  /** Where the runbook of a service is: beside the configuration, in {@code runbooks}. */
  public static Path fileOf(SyncConfig config, String service) {
    return config.file().resolveSibling("runbooks").resolve(service + ".yaml");
  }

  /**
   * Reads a runbook. Everything that is wrong with it is thrown in one {@code CONFIGURATION} error,
   * whose details are the problems with their lines.
   *
   * @param name the file's short name, for the problems
   */
  public static Runbook parse(String yaml, String name) {
    return parse(yaml, name, Map.of());
  }

  /**
   * As {@link #parse(String, String)}.
   *
   * @param values of the variables, by their names; those that are missing stay as they are written
   */
  public static Runbook parse(String yaml, String name, Map<String, String> values) {
    return new RunbookReader(name, values).read(yaml);
  }
}
