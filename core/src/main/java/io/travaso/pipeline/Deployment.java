package io.travaso.pipeline;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.host.Host;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.RemoteInstallation;
import io.travaso.site.RemoteInstallation.InstalledFile;
import io.travaso.site.Site;
import io.travaso.site.SshHosts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Puts the tool on an environment's host and proves that it works there. */
public final class Deployment {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final String toolVersion;
  private final Path jar;
  private final byte[] launcher;
  private final byte[] rollbackScript;
  private final Observer observer;
  private final Clock clock;

  /**
   * @param environment an environment on another host
   * @param jar the jar with everything in it, on this machine
   * @param launcher the program that runs that jar
   * @param rollbackScript the program that is typed there to take the last sync back
   */
  public Deployment(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Path jar,
      byte[] launcher,
      byte[] rollbackScript,
      Observer observer,
      Clock clock) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.toolVersion = toolVersion;
    this.jar = jar;
    this.launcher = launcher.clone();
    this.rollbackScript = rollbackScript.clone();
    this.observer = observer;
    this.clock = clock;
  }

  /**
   * What stands on the host now.
   *
   * @param proof what the tool over there found; with problems the files are in place, but
   *     something keeps them from being used
   */
  public record Deployed(String host, List<DeployedFile> files, Doctor.Section proof) {

    public Deployed {
      files = List.copyOf(files);
    }

    /** Whether the tool works there. */
    public boolean isProven() {
      return proof.findings().stream().noneMatch(Finding::isProblem);
    }
  }

  /**
   * A file on the host.
   *
   * @param changed false where it was there already, the same to the byte
   */
  public record DeployedFile(String path, long bytes, boolean changed) {}

  /**
   * Installs the tool and asks it.
   *
   * @throws SyncException if the files could not be brought there; what the proof finds is in the
   *     result
   */
  public Deployed run() {
    try (Host host = SshHosts.connect(config, environment, surroundings)) {
      RemoteInstallation installation = new RemoteInstallation(host, environment, observer);
      List<InstalledFile> files =
          installation.install(
              jar,
              launcher,
              rollbackScript,
              config.forEnvironment(environment.name()),
              RunbookFile.all(config, environment));
      files.stream()
          .filter(InstalledFile::changed)
          .forEach(f -> observer.tells(Note.of(Text.DEPLOYED_FILE, f.path())));
      List<Finding> findings = new ArrayList<>(examine());
      installation.tryRollback().map(Finding::of).ifPresent(findings::add);
      return new Deployed(
          host.name(),
          files.stream().map(f -> new DeployedFile(f.path(), f.bytes(), f.changed())).toList(),
          new Doctor.Section(environment.name(), findings));
    }
  }

  /** With a connection of its own, as every later command will do it. */
  private List<Finding> examine() {
    try (Site site = Sites.open(config, environment, surroundings, toolVersion, clock)) {
      Guard guard = new Guard(config, toolVersion, clock);
      return new Doctor(guard, List.of(site)).examine(observer).get(0).findings();
    }
  }
}
