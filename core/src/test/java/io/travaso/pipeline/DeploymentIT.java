package io.travaso.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.config.SyncConfig;
import io.travaso.host.Command;
import io.travaso.host.CommandResult;
import io.travaso.host.Host;
import io.travaso.pipeline.Deployment.Deployed;
import io.travaso.pipeline.Deployment.DeployedFile;
import io.travaso.pipeline.Note.Text;
import io.travaso.site.Offices;
import io.travaso.site.Site;
import io.travaso.site.SshHosts;
import io.travaso.site.ToolMain;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Deployment to a real OpenSSH server, with the project's own launcher and scripts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentIT {
  @TempDir Path project;

  private final Quiet observer = new Quiet();
  private SshServer server;
  private Offices offices;
  private Path jar;

  @BeforeAll
  void startServer(@TempDir Path folder) throws IOException {
    server =
        SshServer.builder()
            .home(Files.createDirectory(folder.resolve("account")))
            // No class-data archive for every test's own installation.
            .environment("XDG_CACHE_HOME", "/dev/null")
            .start();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    jar = ToolMain.jar(project.resolve("tool.jar"));
    offices = new Offices(project, host());
    observer.notes().clear();
  }

  @AfterEach
  void close() {
    offices.close();
  }

  private String host() {
    return "ssh: {host: %s, port: %d, user: %s, identity: %s, known-hosts: %s}\n    home: %s"
        .formatted(
            server.host(),
            server.port(),
            server.user(),
            server.clientKey(),
            server.knownHosts(),
            home());
  }

  private Path home() {
    return project.resolve("vps/my sync");
  }

  private Deployed deploy() throws IOException {
    return deploy(offices.config(), script("sync"), observer);
  }

  private Deployed deploy(SyncConfig config, byte[] launcher, Observer told) throws IOException {
    return new Deployment(
            config,
            config.environment("prod"),
            offices.surroundings(),
            ToolMain.VERSION,
            jar,
            launcher,
            script("rollback-last-sync"),
            told,
            Clock.systemUTC())
        .run();
  }

  private static byte[] script(String name) throws IOException {
    return Files.readAllBytes(SampleOffice.script(name));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(home())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home().relativize(file) + " " + mode(file))
          .sorted()
          .toList();
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void putsTheToolThereAndProvesThatItWorks() throws IOException {
    Deployed deployed = deploy();

    assertThat(files())
        .containsExactly(
            "bin/travaso rwxr-xr-x",
            "lib/travaso.jar rw-------",
            "rollback-last-sync rwxr-xr-x",
            "sync-config/sync.yaml rw-------");
    assertThat(home().resolve("lib/travaso.jar")).hasSameBinaryContentAs(jar);
    assertThat(home().resolve("sync-config/sync.yaml"))
        .hasContent(offices.config().forEnvironment("prod"));
    assertThat(deployed.proof().findings()).noneMatch(Finding::isProblem);
    assertThat(deployed.isProven()).isTrue();
    assertThat(deployed.files()).extracting(DeployedFile::changed).containsOnly(true);
    assertThat(observer.notes())
        .extracting(Note::text)
        .containsExactly(
            Text.DEPLOYED_FILE, Text.DEPLOYED_FILE, Text.DEPLOYED_FILE, Text.DEPLOYED_FILE);
  }

  @Test
  void changesNothingThatIsThereAlready() throws IOException {
    deploy();
    Files.setPosixFilePermissions(
        home().resolve("bin/travaso"), PosixFilePermissions.fromString("rw-r--r--"));
    List<String> before =
        List.of(Files.getLastModifiedTime(home().resolve("lib/travaso.jar")) + "");

    Deployed again = deploy();

    assertThat(again.files()).extracting(DeployedFile::changed).containsOnly(false);
    assertThat(again.isProven()).isTrue();
    assertThat(files()).contains("bin/travaso rwxr-xr-x");
    assertThat(List.of(Files.getLastModifiedTime(home().resolve("lib/travaso.jar")) + ""))
        .isEqualTo(before);
  }

  @Test
  void bringsAChangedConfigurationIntoLine() throws IOException {
    deploy();
    SyncConfig changed = offices.config(host(), "references: {auth.User: {match: [username]}}");

    assertThat(examine(changed))
        .filteredOn(Finding::isProblem)
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("names other tables or rules"));
    Deployed again = deploy(changed, script("sync"), observer);

    assertThat(again.isProven()).isTrue();
    assertThat(again.files())
        .filteredOn(DeployedFile::changed)
        .extracting(DeployedFile::path)
        .containsExactly(home() + "/sync-config/sync.yaml");
  }

  private List<Finding> examine(SyncConfig config) {
    try (Site site =
        Sites.open(
            config,
            config.environment("prod"),
            offices.surroundings(),
            ToolMain.VERSION,
            Clock.systemUTC())) {
      Guard guard = new Guard(config, ToolMain.VERSION, Clock.systemUTC());
      return new Doctor(guard, List.of(site)).examine(observer).get(0).findings();
    }
  }

  @Test
  void theRollbackThereTakesThatHostsConfiguration() throws IOException {
    deploy();
    SyncConfig config = offices.config();

    try (Host host = SshHosts.connect(config, config.environment("prod"), offices.surroundings())) {
      CommandResult typed = host.run(Command.of(home() + "/rollback-last-sync", "--list", "a b"));

      assertThat(typed.output())
          .isEqualTo("rollback-last-sync --list a b\n" + home() + "/sync-config/sync.yaml\n");
    }
  }

  @Test
  void leavesTheOldInstallationWhereItIsInterrupted() throws IOException {
    deploy();
    byte[] old = Files.readAllBytes(home().resolve("lib/travaso.jar"));
    Files.write(jar, new byte[] {1, 2, 3});
    SyncConfig changed = offices.config(host(), "references: {auth.User: {match: [username]}}");
    Quiet cutting =
        new Quiet() {
          @Override
          public void at(String work, long done, long total) {
            server.stop();
          }
        };

    SyncException cut;
    try {
      cut =
          catchThrowableOfType(
              SyncException.class, () -> deploy(changed, "new".getBytes(UTF_8), cutting));
    } finally {
      server.restart();
    }

    assertThat(cut.kind()).isEqualTo(Kind.HOST);
    assertThat(home().resolve("lib/travaso.jar")).hasBinaryContent(old);
    assertThat(examine(offices.config())).noneMatch(Finding::isProblem);
    ToolMain.jar(jar);
    assertThat(deploy().isProven()).isTrue();
    assertThat(files()).noneMatch(file -> file.contains(".new") || file.contains(".part"));
  }

  @Test
  void tellsWhatIsMissingOnTheHost() throws IOException {
    String launcher =
        """
        #!/bin/sh
        printf 'sync: no Java 17 or newer in JAVA_HOME, on the PATH or in /usr/lib/jvm\\n' >&2
        printf '      → install it: apt-get install openjdk-17-jre-headless\\n' >&2
        exit 2
        """;

    Deployed deployed = deploy(offices.config(), launcher.getBytes(UTF_8), observer);

    assertThat(deployed.isProven()).isFalse();
    assertThat(deployed.proof().findings())
        .filteredOn(Finding::isProblem)
        .anySatisfy(
            finding -> {
              assertThat(finding.what()).contains("does not start", "no Java 17 or newer");
              assertThat(finding.hint())
                  .isEqualTo("install it: apt-get install openjdk-17-jre-headless");
            });
  }

  @Test
  void saysWhatToDoWhereTheHomeCantBeMade() throws IOException {
    Files.writeString(project.resolve("vps"), "a file");

    SyncException failure = catchThrowableOfType(SyncException.class, this::deploy);

    assertThat(failure.kind()).isEqualTo(Kind.HOST);
    assertThat(failure.what()).contains(home().toString());
    assertThat(failure.hint()).contains("Make " + home());
  }

  @Test
  void isForOtherHostsOnly() {
    SyncConfig here = offices.config("protected: true", "");

    SyncException failure =
        catchThrowableOfType(SyncException.class, () -> deploy(here, new byte[0], observer));

    assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(failure.what()).contains("on this machine");
  }
}
