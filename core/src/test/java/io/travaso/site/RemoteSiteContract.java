package io.travaso.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.host.Host;
import io.travaso.ledger.Run;
import io.travaso.ledger.Run.Outcome;
import io.travaso.merge.MergePlan;
import io.travaso.testing.SampleOffice;
import io.travaso.testing.SshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract, over SSH to a tool of its own on a real sshd; and what only a connection can do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RemoteSiteContract extends SiteContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private SshServer server;
  private Path jar;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server =
        SshServer.builder()
            .home(Files.createDirectory(folder.resolve("account")))
            // No class-data archive for every test's own installation.
            .environment("XDG_CACHE_HOME", "/dev/null")
            .start();
    jar = ToolMain.jar(folder.resolve("tool.jar"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  String host(Path project) {
    return host(server, project);
  }

  private static String host(SshServer server, Path project) {
    return "ssh: {host: %s, port: %d, user: %s, identity: %s, known-hosts: %s}\n    home: %s"
        .formatted(
            server.host(),
            server.port(),
            server.user(),
            server.clientKey(),
            server.knownHosts(),
            project.resolve("vps/sync"));
  }

  @Override
  Site open(Offices offices) throws IOException {
    Environment prod = offices.config().environment("prod");
    try (Host host = connect()) {
      new RemoteInstallation(host, prod, Progress.SILENT)
          .install(
              jar,
              Files.readAllBytes(SampleOffice.script("sync")),
              Files.readAllBytes(SampleOffice.script("rollback-last-sync")),
              offices.config().forEnvironment("prod"),
              Map.of());
    }
    return site(ToolMain.VERSION);
  }

  private Site site(String version) {
    SyncConfig config = offices().config();
    return new RemoteSite(config, config.environment("prod"), version, this::connect);
  }

  private Host connect() {
    SyncConfig config = offices().config();
    return SshHosts.connect(config, config.environment("prod"), offices().surroundings());
  }

  @Test
  void saysThatTheToolIsNotThere() throws IOException {
    Files.delete(home().resolve("bin/travaso"));

    SyncException failure = checkFails(ToolMain.VERSION);

    assertThat(failure.kind()).isEqualTo(Kind.HOST);
    assertThat(failure.what()).contains("not installed", server.user() + "@127.0.0.1");
    assertThat(failure.hint()).contains("sync deploy prod");
  }

  @Test
  void tellsWhatTheLauncherMisses() throws IOException {
    Files.delete(home().resolve("lib/travaso.jar"));

    SyncException failure = checkFails(ToolMain.VERSION);

    assertThat(failure.kind()).isEqualTo(Kind.HOST);
    assertThat(failure.what()).contains("does not start", "exit status 2");
    assertThat(failure.details()).anyMatch(line -> line.contains("travaso.jar is neither"));
    assertThat(failure.hint()).startsWith("build it");
  }

  @Test
  void refusesAnotherVersion() {
    SyncException failure = checkFails("9.9.9");

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.what()).contains("1.2.3", "9.9.9");
    assertThat(failure.hint()).contains("sync deploy prod");
  }

  @Test
  void leavesWhatALoginPrintsAside() throws IOException {
    Path launcher = home().resolve("bin/travaso");
    String script = Files.readString(launcher);
    Files.writeString(
        launcher, script.replaceFirst("\n", "\necho 'Welcome to the VPS'\necho '{\"a\": 1}'\n"));

    assertThat(site().history()).isEmpty();
  }

  @Test
  void tellsWhenTheToolDiesWhilePlanning() {
    many();
    List<String> before = offices().state();
    Exported exported = offices().exportDev();

    SyncException lost =
        catchThrowableOfType(
            SyncException.class,
            () -> Offices.plan(site(), exported, killing(new AtomicBoolean())));

    assertThat(lost.kind()).isEqualTo(Kind.HOST);
    assertThat(lost.what()).contains("lost", "plan");
    assertThat(lost.hint()).contains("Nothing was written");
    assertThat(offices().state()).isEqualTo(before);
    assertThatNextRunWorks(exported);
  }

  @Test
  void tellsWhenTheToolDiedAfterThePlan() {
    List<String> before = offices().state();
    Exported exported = offices().exportDev();
    MergePlan plan = Offices.plan(site(), exported, Progress.SILENT);
    killTool();

    SyncException lost =
        catchThrowableOfType(
            SyncException.class,
            () -> site().merge(Offices.merge(plan, "run-1", "none"), Progress.SILENT));

    assertThat(lost.kind()).isEqualTo(Kind.HOST);
    assertThat(lost.hint()).contains("sync history");
    assertThat(offices().state()).isEqualTo(before);
    assertThatNextRunWorks(exported);
  }

  @Test
  void tellsWhenTheToolDiesInTheMergeAndRemembersTheRun() throws SQLException {
    List<String> before = offices().state();
    MergePlan plan = Offices.plan(site(), offices().exportDev(), Progress.SILENT);
    SyncException lost;
    try (Connection application = offices().prod().connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute(offices().prod().lock("scadenze_scadenza"));
      CompletableFuture<SyncException> merge =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SyncException.class,
                      () -> site().merge(Offices.merge(plan, "run-1", "none"), Progress.SILENT)));
      await(() -> !offices().prod().waiting().isEmpty());
      killTool();
      lost = merge.join();
    }

    assertThat(lost.kind()).isEqualTo(Kind.HOST);
    assertThat(lost.hint()).contains("sync history --env prod");
    assertThat(offices().state()).isEqualTo(before);
    try (Site again = site(ToolMain.VERSION)) {
      assertThat(again.history()).extracting(Run::outcome).containsExactly(Outcome.STARTED);
    }
  }

  @Test
  void tellsWhenTheConnectionIsCut() throws IOException {
    many();
    List<String> before = offices().state();
    Exported exported = offices().exportDev();
    SyncException lost;
    try (SshServer fragile =
        SshServer.builder().home(Files.createDirectory(project.resolve("account"))).start()) {
      SyncConfig config = offices().config(host(fragile, project), "");
      try (Site site =
          new RemoteSite(
              config,
              config.environment("prod"),
              ToolMain.VERSION,
              () ->
                  SshHosts.connect(config, config.environment("prod"), offices().surroundings()))) {
        lost =
            catchThrowableOfType(
                SyncException.class,
                () -> Offices.plan(site, exported, (work, done, total) -> fragile.stop()));
      }
    }

    assertThat(lost.kind()).isEqualTo(Kind.HOST);
    assertThat(lost.what()).contains("lost");
    assertThat(offices().state()).isEqualTo(before);
    assertThatNextRunWorks(exported);
  }

  private Path home() {
    return project.resolve("vps/sync");
  }

  private SyncException checkFails(String version) {
    try (Site site = site(version)) {
      return catchThrowableOfType(
          SyncException.class,
          () -> site.check(Offices.check(Requests.Role.SOURCE), Progress.SILENT));
    }
  }

  /** Enough rows for progress to be told before the plan is done. */
  private void many() {
    offices().addLabels(offices().dev(), 60000);
  }

  /** At the first progress; what the tool said before it died may still arrive. */
  private Progress killing(AtomicBoolean done) {
    return (work, rows, total) -> {
      if (done.compareAndSet(false, true)) {
        killTool();
      }
    };
  }

  /** Kills what runs of this test's tool, as the kernel does when memory runs out. */
  private void killTool() {
    List<ProcessHandle> tools =
        ProcessHandle.allProcesses()
            .filter(
                p -> p.info().commandLine().orElse("").contains(home() + "/bin/../lib/travaso.jar"))
            .toList();
    assertThat(tools).isNotEmpty();
    tools.forEach(ProcessHandle::destroyForcibly);
    await(() -> tools.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** The lock of the run that was cut goes with it; nobody has to clean up. */
  private void assertThatNextRunWorks(Exported exported) {
    await(
        () -> {
          try (Site again = site(ToolMain.VERSION)) {
            MergePlan plan = Offices.plan(again, exported, Progress.SILENT);
            again.merge(Offices.merge(plan, "run-2", "none"), Progress.SILENT);
            return true;
          } catch (SyncException e) {
            assertThat(e.what()).contains("Another sync");
            return false;
          }
        });
    try (Site again = site(ToolMain.VERSION)) {
      assertThat(again.history()).extracting(Run::id).containsExactly("run-2");
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
