package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.config.Environment;
import io.travaso.file.Sha256;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.Host;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the tool's files on an environment's host.
 *
 * <p>Each file is brought beside its place first, as {@code NAME.new}; when all have arrived they
 * are renamed, the jar last. Whoever asks the tool over there compares its version and its
 * configuration before anything else: what an interrupted installation leaves is the old one, or
 * one that is refused until the installation is repeated. No older jar is kept, since beside a
 * newer configuration it would be no installation.
 */
public final class RemoteInstallation {
  private static final int PROGRAM = 0755;
  private static final int PRIVATE = 0600;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Host host;
  private final Environment environment;
  private final RemoteLayout layout;
  private final Progress progress;
  private final List<InstalledFile> files = new ArrayList<>();

  public RemoteInstallation(Host host, Environment environment, Progress progress) {
    this.host = host;
    this.environment = environment;
    this.layout = RemoteLayout.of(environment);
    this.progress = progress;
  }

  /**
   * A file on the host.
   *
   * @param changed false where it was there already, the same to the byte
   */
  public record InstalledFile(String path, long bytes, boolean changed) {}

  /**
   * Brings everything there.
   *
   * @param jar the jar with everything in it, on this machine
   * @param launcher the program that runs that jar
   * @param rollback the program that is typed there to take the last sync back
   * @param config the environment's own configuration
   * @param runbooks by the service they are of
   * @throws SyncException if something could not be brought there
   */
  public List<InstalledFile> install(
      Path jar, byte[] launcher, byte[] rollback, String config, Map<String, String> runbooks) {
    makeDirectories();
    stage(layout.launcher(), launcher, PROGRAM);
    stage(layout.rollback(), rollback, PROGRAM);
    stage(layout.config(), config.getBytes(StandardCharsets.UTF_8), PRIVATE);
    runbooks.forEach(
        (service, text) ->
            stage(layout.runbook(service), text.getBytes(StandardCharsets.UTF_8), PRIVATE));
    boolean sent = stageJar(jar);
    List.of(layout.launcher(), layout.rollback(), layout.config()).forEach(this::settle);
    runbooks.keySet().forEach(service -> settle(layout.runbook(service)));
    if (sent) {
      settle(layout.jar());
    }
    return List.copyOf(files);
  }

  private void makeDirectories() {
    try {
      layout.directories().forEach(host::makeDirectories);
    } catch (SyncException e) {
      if (e.kind() != SyncException.Kind.HOST) {
        throw e;
      }
      throw new SyncException(
          e.kind(),
          e.what(),
          e.hint().isEmpty()
              ? "Make "
                  + layout.home()
                  + " there, owned by the user who logs in, or name another home"
                  + " for "
                  + environment.name()
                  + "."
              : e.hint(),
          e);
    }
  }

  /** Small files are always written, so that their permissions are right again as well. */
  private void stage(String path, byte[] content, int mode) {
    host.write(staged(path), content, mode);
    files.add(new InstalledFile(path, content.length, !isThere(path, sha256(content))));
  }

  private boolean stageJar(Path jar) {
    try {
      long bytes = Files.size(jar);
      boolean there = isThere(layout.jar(), Sha256.of(jar));
      if (!there) {
        progress.at(layout.jar(), 0, bytes);
        host.send(jar, staged(layout.jar()));
        progress.at(layout.jar(), bytes, bytes);
      }
      files.add(new InstalledFile(layout.jar(), bytes, !there));
      return !there;
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED, "Reading " + jar + " failed: " + e.getMessage(), "", e);
    }
  }

  /** By the host's own sha256sum; where it has none, the file counts as another one. */
  private boolean isThere(String path, String sha256) {
    CommandResult result = host.run(Command.of("sha256sum", "--", path).within(PATIENCE));
    return result.succeeded() && result.output().startsWith(sha256);
  }

  private static String sha256(byte[] content) {
    try {
      return Sha256.of(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
  }

  private void settle(String path) {
    host.rename(staged(path), path);
  }

  private static String staged(String path) {
    return path + ".new";
  }

  /**
   * Starts the program that takes the last sync back, only to be told how it is used.
   *
   * @return what keeps it from working; empty when it does
   */
  public Optional<SyncException> tryRollback() {
    CommandResult result = host.run(Command.of(layout.rollback(), "--help").within(PATIENCE));
    return result.succeeded()
        ? Optional.empty()
        : Optional.of(
            new SyncException(
                SyncException.Kind.HOST,
                layout.rollback()
                    + " does not work on "
                    + host.name()
                    + ": exit status "
                    + result.exitStatus(),
                "",
                result.errorLines()));
  }
}
