package io.travaso.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: the launcher, the jar, signals and terminals. */
@Timeout(120)
class MainIT {
  private static final Path LAUNCHER = Path.of("../scripts/sync").toAbsolutePath().normalize();

  /** A number of seconds to sleep that no other program on the machine will have asked for. */
  private static final String NAP = "3071." + ProcessHandle.current().pid();

  @TempDir Path folder;

  @BeforeEach
  void buildIsThere() {
    assertThat(Path.of("target/travaso.jar")).as("made by mvn package").exists();
  }

  private ProcessBuilder command(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().remove("SYNC_CONFIG");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "xterm");
    // Not in the test's own folder: what is made there is made after the command has ended.
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
    builder.environment().remove("NO_COLOR");
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder;
  }

  private Process start(String... args) throws IOException {
    return command(Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(args)).toList()).start();
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Looks again and again until it is so, for a minute. */
  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static Stream<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().map(args -> List.of(args).contains(NAP)).orElse(false));
  }

  /** A database whose password takes its time. */
  private void configureSlowPassword() throws IOException {
    Files.writeString(
        folder.resolve("sync.yaml"),
        """
        environments:
          dev: {database: {url: "postgresql://a@127.0.0.1:1/dev", password: {command: [sleep, "%s"]}}}
          prod: {database: {url: "postgresql://a@127.0.0.1:1/prod"}}
        tables: [a.B]
        """
            .formatted(NAP));
  }

  @Test
  void helpLoadsNothingThatIsOnlyNeededForTheWork() throws Exception {
    Path loaded = folder.resolve("loaded");
    ProcessBuilder builder = command(List.of(LAUNCHER.toString(), "--help"));
    builder.environment().put("TRAVASO_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
    assertThat(exitCode(builder.start())).isZero();
    assertThat(Files.readString(loaded))
        .contains("picocli.CommandLine ")
        .doesNotContain(
            "com.fasterxml", "org.jdbi", "com.zaxxer", "net.schmizz", "org.postgresql", "bouncy");
  }

  @Test
  void isCalledTravasoWhereItsLauncherIs() throws Exception {
    Path copy = Files.copy(LAUNCHER, folder.resolve("travaso"));
    ProcessBuilder builder = command(List.of(copy.toString(), "--help"));
    builder
        .environment()
        .put("TRAVASO_JAR", Path.of("target/travaso.jar").toAbsolutePath().toString());
    assertThat(exitCode(builder.start())).isZero();
    assertThat(out()).contains("Usage: travaso [-hV] COMMAND", "  travaso dev-to-prod --dry-run");
  }

  @Test
  void exitsWithTheCodeOfTheFailure() throws Exception {
    assertThat(exitCode(start("history", "--json"))).isEqualTo(2);
    assertThat(out()).startsWith("{\"status\":\"failed\"").endsWith("\"exitCode\":2}\n");
    assertThat(err()).startsWith("error: no configuration");
  }

  @Test
  void ctrlCEndsItWithAWordAndLeavesNoProgramBehind() throws Exception {
    configureSlowPassword();
    Process process = start("dev-to-prod", "--force");
    await("the password is being asked for", () -> sleepers().findAny().isPresent());
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(err()).startsWith("interrupted: ");
    assertThat(sleepers()).isEmpty();
    assertThat(Files.readString(folder.resolve("logs/sync.log"))).contains(" interrupted: ");
  }

  @Test
  void ctrlCIsToldToScriptsAsTheLastLine() throws Exception {
    configureSlowPassword();
    Process process = start("dev-to-prod", "--force", "--json");
    await("the password is being asked for", () -> sleepers().findAny().isPresent());
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
    assertThat(exitCode(process)).isEqualTo(130);
    assertThat(out().lines().reduce("", (first, second) -> second))
        .startsWith("{\"status\":\"failed\"")
        .endsWith("\"exitCode\":130}");
  }

  @Test
  void aSiteEndsWithWhoeverAsksIt() throws Exception {
    configureSlowPassword();
    Process process = start("site", "--env", "dev");
    try (Writer asker = process.outputWriter()) {
      asker.write("{\"operation\":\"HISTORY\",\"request\":{}}\n");
      asker.flush();
      await("the password is being asked for", () -> sleepers().findAny().isPresent());
    }
    assertThat(exitCode(process)).isEqualTo(6);
    await("the program it started is gone", () -> sleepers().findAny().isEmpty());
    assertThat(out().lines()).singleElement().asString().startsWith("{\"travaso\":");
    assertThat(Files.readString(folder.resolve("logs/sync.log"))).contains("is gone");
  }

  @Test
  void showsColoursAtATerminalAndNoneElsewhere() throws Exception {
    boolean bsd = System.getProperty("os.name").startsWith("Mac");
    List<String> atTerminal =
        bsd
            ? List.of("script", "-q", "/dev/null", LAUNCHER.toString(), "frobnicate")
            : List.of("script", "-qec", LAUNCHER + " frobnicate", "/dev/null");
    assertThat(exitCode(command(atTerminal).start())).isEqualTo(2);
    assertThat(out()).contains("\u001b[31merror:\u001b[0m", "→ sync --help");
    assertThat(exitCode(start("frobnicate"))).isEqualTo(2);
    assertThat(err())
        .isEqualTo("error: There is no command frobnicate\n  -> sync --help lists them.\n");
  }

  @Test
  void writesInTheCharsetOfTheLocale() throws Exception {
    ProcessBuilder builder = command(List.of(LAUNCHER.toString(), "città"));
    builder.environment().put("LC_ALL", "it_IT.ISO-8859-1");
    assertThat(exitCode(builder.start())).isEqualTo(2);
    // Which letters Java made of the argument is not the point; that it writes its own is.
    byte[] bytes = Files.readAllBytes(folder.resolve("err"));
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .startsWith("errore: There is no command");
  }
}
