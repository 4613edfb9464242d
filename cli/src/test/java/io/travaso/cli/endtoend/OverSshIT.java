package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.Engine;
import io.travaso.testing.SshServer;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prod on another host, reached over SSH. */
class OverSshIT {
  @TempDir Path vps;
  private SshServer ssh;
  private Project project;

  @BeforeEach
  void open() throws IOException {
    vps = vps.toRealPath();
    ssh =
        SshServer.builder()
            .home(vps)
            .environment("XDG_CACHE_HOME", Project.cache())
            .environment("PATH", System.getenv("PATH"))
            .start();
    open(Engine.POSTGRESQL);
  }

  private void open(Engine engine) throws IOException {
    project = Project.everyday(engine, engine);
    reach(ssh.clientKey(), ssh.knownHosts());
    Files.writeString(
        vps.resolve(".env"), "DB_PASSWORD=" + project.prod().database().password() + "\n");
    project.variable("PROD_PASSWORD", "not known here");
  }

  private void reach(Path identity, Path knownHosts) {
    project.overSsh(ssh, identity, knownHosts, vps.resolve("sync"), vps.resolve(".env"));
  }

  @AfterEach
  void close() {
    project.close();
    ssh.close();
  }

  @Test
  void aHostIsTrustedByItsFingerprint() throws IOException {
    Path known = project.folder().resolve("known_hosts");
    reach(ssh.clientKey(), known);

    project.sync("dev-to-prod", "--dry-run").exits(6).says("SHA256:", "sync trust prod");
    project.sync("trust", "prod").exits(5).says("SHA256:");
    project.typing("no\n", "trust", "prod").exits(5);
    assertThat(known).doesNotExist();

    project.typing("yes\n", "trust", "prod").exits(0).says("SHA256:");
    assertThat(Files.readString(known)).contains(ssh.hostKey("ed25519"));
    project.sync("trust", "prod").exits(0).says("was recorded before");
    project.sync("dev-to-prod", "--dry-run").exits(6).says("sync deploy prod");
    Files.writeString(
        known, Files.readString(known).replace(ssh.hostKey("ed25519"), ssh.hostKey("rsa")));
    project.sync("dev-to-prod", "--dry-run").exits(6);
  }

  @Test
  void whoIsNotLetInOrDoesNotReachItIsTold() {
    reach(ssh.strangersKey(), ssh.knownHosts());
    project.sync("dev-to-prod", "--force").exits(6).says("id_stranger", "authorized_keys");
    reach(ssh.clientKey(), ssh.knownHosts());
    ssh.stop();
    project.sync("dev-to-prod", "--force", "--json").exits(6).says("refused").status("failed");
    project.sync("doctor").exits(6);
    project.sync("deploy", "prod").exits(6);
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void deployThenBothWaysAndBack(Engine engine) throws IOException {
    project.close();
    open(engine);
    deploysAndProvesIt();
    Map<String, List<String>> before = project.prod().rows();

    project
        .sync("dev-to-prod", "--dry-run", "--jobs", "2", "--json")
        .exits(0)
        .counts(2, 1, 0, 119, 1);
    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.prod().hasLedger()).isFalse();
    assertThat(Files.readString(vps.resolve("sync/logs/sync.log")))
        .contains("--env prod --jobs 2, version")
        .contains("ended: exit code 0")
        .doesNotContain("interrupted");

    Ended there = project.sync("dev-to-prod", "--force", "--json").exits(0);
    there.counts(2, 1, 0, 119, 1).status("applied");
    assertThat(project.prod().customer(101)).containsExactly("101|C101|Nuovo|48.50|anna");
    assertThat(project.dumps()).hasSize(1);
    project.sync("history", "--env", "prod").exits(0).says("dev-to-prod", "applied");
    project.sync("backups", "--env", "prod").exits(0).says(project.dumps().get(0));

    project.sync("rollback-last-sync", "--force").exits(0).says("In prod:");
    assertThat(project.prod().rows()).isEqualTo(before);

    project.sync("dev-to-prod", "--force").exits(0);
    project
        .run(vps.resolve("sync/rollback-last-sync").toString(), "--force")
        .exits(0)
        .says("In prod:");
    assertThat(project.prod().rows()).isEqualTo(before);

    project.sync("prod-to-dev", "--dry-run", "--json").exits(0).counts(1, 1, 0, 119, 2);
    project.sync("prod-to-dev", "--force", "--json").exits(0).counts(1, 1, 0, 119, 2);
    assertThat(project.dev().customer(102)).hasSize(1);
    assertThat(project.dev().customer(101)).hasSize(1);
    noPasswordIsInAnyFile();
  }

  @Test
  void aFixtureOfDjangosIsMergedThereAndNotLeftThere() throws IOException {
    project.sync("deploy", "prod").exits(0);
    project.write(
        "dump.json",
        "{\"model\": \"pratiche.pratica\", \"pk\": 21, \"fields\": {\"titolo\": \"Da Django\","
            + " \"cliente\": 1}}\n");
    project
        .sync("import", "--env", "prod", "--input", "dump.json", "--force", "--json")
        .exits(0)
        .counts(1, 0, 0, 0, 20);
    try (Stream<Path> files = Files.walk(vps)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith("dump.json"));
    }
  }

  private void deploysAndProvesIt() throws IOException {
    project
        .sync("deploy", "prod")
        .exits(0)
        .says("it works there", "prod: backups with")
        .doesNotSay("red");
    Path home = vps.resolve("sync");
    assertThat(Project.mode(home.resolve("bin/travaso"))).isEqualTo("rwxr-xr-x");
    assertThat(Project.mode(home.resolve("rollback-last-sync"))).isEqualTo("rwxr-xr-x");
    assertThat(Project.mode(home.resolve("sync-config/sync.yaml"))).isEqualTo("rw-------");
    assertThat(home.resolve("lib/travaso.jar"))
        .hasSameBinaryContentAs(Path.of(Project.script("../cli/target/travaso.jar")));
    assertThat(Files.readString(home.resolve("sync-config/sync.yaml")))
        .contains("clienti.Cliente")
        .doesNotContain(ssh.clientKey().toString(), "DEV_PASSWORD");
    project.sync("deploy", "prod", "--json").exits(0).status("unchanged");
    project.sync("doctor").exits(0).says("the tables of the set are alike on both sides");
  }

  private void noPasswordIsInAnyFile() throws IOException {
    String password = project.prod().database().password();
    for (Path folder : List.of(vps.resolve("sync"), project.folder())) {
      assertThat(Secrets.filesWith(password, folder)).isEmpty();
    }
  }

  @Test
  void anotherVersionOrAnotherConfigurationThereIsRefused() throws IOException {
    project.sync("deploy", "prod").exits(0);
    Map<String, List<String>> before = project.prod().rows();

    project.set("tables: [clienti.Cliente]\nexclude: [auth.User, pratiche.Pratica]\n");
    project.sync("dev-to-prod", "--force").exits(5).says("sync deploy prod");

    replaceVersion(vps.resolve("sync/lib/travaso.jar"));
    project.sync("dev-to-prod", "--force").exits(5).says("version 0.0.7", "sync deploy prod");
    assertThat(project.prod().rows()).isEqualTo(before);
  }

  private static void replaceVersion(Path jar) throws IOException {
    Path other = jar.resolveSibling("other.jar");
    Files.copy(jar, other);
    try (FileSystem inside = FileSystems.newFileSystem(other)) {
      Files.writeString(inside.getPath("/io/travaso/cli/version.properties"), "version=0.0.7\n");
    }
    Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aHostThatGoesDownInTheMiddleLeavesProdAsItWas() {
    project.sync("deploy", "prod").exits(0);
    Map<String, List<String>> before = project.prod().rows();
    try (Hold hold =
        Hold.of(project.prod().database(), "LOCK TABLE clienti_cliente IN ACCESS EXCLUSIVE MODE")) {
      Started run = project.start("dev-to-prod", "--force");
      run.blockedBy(hold);
      ssh.stop();
      run.ended().exits(6).says("connection");
    }
    assertThat(project.prod().rows()).isEqualTo(before);

    ssh.restart();
    project.sync("dev-to-prod", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);
  }

  @Test
  @Holds(value = "A9", as = Outcome.REFUSED)
  void aClientThatIsKilledInTheMergeLeavesProdAsItWas() {
    project.sync("deploy", "prod").exits(0);
    Map<String, List<String>> before = project.prod().rows();
    try (Hold hold =
        Hold.of(project.prod().database(), "LOCK TABLE clienti_cliente IN ROW EXCLUSIVE MODE")) {
      Started run = project.start("dev-to-prod", "--force", "--no-backup");
      run.blockedBy(hold).kill();
      project.prod().awaitOnly(1);
    }
    assertThat(project.prod().rows()).isEqualTo(before);
    project.sync("history", "--env", "prod").exits(0).says("dev-to-prod");
    project.sync("dev-to-prod", "--force", "--json").exits(0).counts(2, 1, 0, 119, 1);
  }

  /** A configuration that was copied there as it is would have it ask itself for ever. */
  @Test
  void theFarSideAsksNoOtherHost() {
    project.sync("site", "--env", "prod").exits(2).says("prod is on another one (ssh)");
  }
}
