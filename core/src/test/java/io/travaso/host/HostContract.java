package io.travaso.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every host keeps to. The folder {@code there} belongs to the host, {@code here} to us. */
@Timeout(60)
abstract class HostContract {
  private static final List<String> ODD_WORDS =
      List.of(
          "plain",
          "",
          " ",
          "two words",
          "$(touch /tmp/travaso-was-here)",
          "`id`",
          "$HOME",
          "it's",
          "''",
          "\"double\"",
          "back\\slash",
          "trailing\\",
          "new\nline",
          "\ttab",
          "-n",
          "--help",
          "*",
          "~",
          "a;b&c|d>e<f",
          "!history",
          "#comment",
          "città ünï 漢字");

  @TempDir Path here;
  @TempDir Path there;

  abstract Host host();

  @BeforeEach
  void restrict() throws IOException {
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwx------"));
  }

  static List<String> oddNames() {
    return ODD_WORDS.stream().filter(word -> !word.isEmpty() && !word.contains("/")).toList();
  }

  @Test
  void passesArgumentsOnAsTheyAre() {
    Command command = Command.of("printf", "[%s]").and(ODD_WORDS.toArray(String[]::new));

    assertThat(host().run(command).orThrow("print").output())
        .isEqualTo("[" + String.join("][", ODD_WORDS) + "]");
  }

  @Test
  void changesTheEnvironment() {
    Command command =
        Command.of("env")
            .with("TRAVASO_A", "it's $HOME\nand more")
            .without(Set.of("LANG", "LC_ALL"));

    String output = host().run(command).orThrow("list the environment").output();

    assertThat(output).contains("TRAVASO_A=it's $HOME\nand more\n").doesNotContain("LC_ALL=");
    assertThat(output).doesNotContainPattern("(?m)^LANG=");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 126, 255})
  void returnsTheExitStatus(int status) {
    CommandResult result = host().run(Command.of("sh", "-c", "echo why >&2; exit " + status));

    assertThat(result).isEqualTo(new CommandResult(status, "", "why\n"));
  }

  @Test
  void reportsWhatFailed() {
    CommandResult result = host().run(Command.of("sh", "-c", "echo the reason >&2; exit 3"));

    SyncException e =
        catchThrowableOfType(SyncException.class, () -> result.orThrow("do something"));

    assertThat(e.kind()).isEqualTo(Kind.HOST);
    assertThat(e.what()).isEqualTo("could not do something: exit status 3");
    assertThat(e.details()).containsExactly("the reason");
  }

  @Test
  void returns127ForAProgramThatDoesNotExist() {
    CommandResult result = host().run(Command.of("travaso-no-such-program"));

    assertThat(result.exitStatus()).isEqualTo(127);
    assertThat(result.errors()).contains("not found");
  }

  @Test
  void returns126ForAFileThatIsNoProgram() throws IOException {
    Path text = Files.writeString(there.resolve("text"), "just text");

    assertThat(host().run(Command.of(text.toString())).exitStatus()).isEqualTo(126);
  }

  @Test
  void startsNoProgramThatDoesNotExist() {
    assertFailure(
        () -> {
          try (RunningCommand none = host().start(Command.of("travaso-no-such-program"))) {
            none.waitFor().orThrow("start it");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM", "SEGV"})
  @Holds(value = "A8", as = Outcome.REFUSED)
  void failsWhenASignalKilledTheCommand(String signal) {
    assertFailure(() -> host().run(Command.of("sh", "-c", "kill -s " + signal + " $$")))
        .contains("sh was killed by a signal on " + host().name());
  }

  @Test
  @Holds(value = "A8", as = Outcome.EXACT)
  void takesManyErrorsWhileOutputIsRead() {
    CommandResult result =
        host().run(Command.of("sh", "-c", "echo first; seq 1 400000 >&2; echo last"));

    assertThat(result.output()).isEqualTo("first\nlast\n");
    assertThat(result.errors()).endsWith("\n399999\n400000\n").hasSizeLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void refusesMoreOutputThanExpected() {
    assertFailure(() -> host().run(Command.of("head", "-c", "20000000", "/dev/zero")))
        .contains("head wrote more than");
  }

  @Test
  void givesACommandNoInput() {
    assertThat(host().run(Command.of("cat")).output()).isEmpty();
  }

  @Test
  void talksWithACommand() throws IOException {
    try (RunningCommand cat = host().start(Command.of("cat"));
        BufferedReader lines = new BufferedReader(new InputStreamReader(cat.output(), UTF_8))) {
      OutputStream input = cat.input();
      for (int i = 0; i < 50; i++) {
        input.write(("line " + i + "\n").getBytes(UTF_8));
        input.flush();
        assertThat(lines.readLine()).isEqualTo("line " + i);
      }
      input.close();

      assertThat(lines.readLine()).isNull();
      assertThat(cat.waitFor()).isEqualTo(new CommandResult(0, "", ""));
    }
  }

  @Test
  void streamsMuchDataBothWays() throws Exception {
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    int blocks = 24;
    try (RunningCommand cat = host().start(Command.of("cat"))) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try (OutputStream input = cat.input()) {
                  for (int i = 0; i < blocks; i++) {
                    input.write(block);
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      for (int i = 0; i < blocks; i++) {
        assertThat(cat.output().readNBytes(block.length)).isEqualTo(block);
      }
      writer.get(60, TimeUnit.SECONDS);
      assertThat(cat.waitFor().exitStatus()).isZero();
    }
  }

  /** Around the 2 MiB that sshd takes before the command reads: the rest waits on our side. */
  @ParameterizedTest
  @ValueSource(ints = {2_097_151, 2_097_152, 2_097_153, 2_100_000, 2_162_688, 2_170_000, 3_000_000})
  void losesNothingOfInputThatIsClosedBeforeItWasRead(int size) throws IOException {
    try (RunningCommand slow = host().start(Command.of("sh", "-c", "sleep 0.3; exec wc -c"))) {
      try (OutputStream input = slow.input()) {
        input.write(new byte[size]);
      }

      assertThat(firstLine(slow).strip()).isEqualTo(String.valueOf(size));
      slow.waitFor();
    }
  }

  @Test
  void waitsForACommandWhoseOutputNobodyReads() {
    try (RunningCommand seq = host().start(Command.of("seq", "1", "500000"))) {
      assertThat(seq.waitFor()).isEqualTo(new CommandResult(0, "", ""));
    }
  }

  @Test
  void killsACommandAndItsChildrenWhenClosed() throws IOException {
    String child;
    try (RunningCommand sh = host().start(Command.of("sh", "-c", "sleep 1000 & echo $!; wait"))) {
      child = firstLine(sh);
      assertThat(isAlive(child)).isTrue();
    }

    assertEnds(child);
  }

  @Test
  void killsACommandThatIgnoresAPoliteSignal() throws IOException {
    String stubborn;
    try (RunningCommand sh =
        host()
            .start(Command.of("sh", "-c", "trap '' TERM; echo $$; while :; do sleep 0.1; done"))) {
      stubborn = firstLine(sh);
    }

    assertEnds(stubborn);
  }

  @Test
  void killsACommandThatTakesTooLong() throws IOException {
    Path pid = there.resolve("pid");
    Command slow =
        Command.of("sh", "-c", "echo $$ > \"$1\"; exec sleep 1000", "sh", pid.toString());

    assertFailure(() -> host().run(slow.within(Duration.ofMillis(700))))
        .contains("sh was killed since it took longer than PT0.7S");

    assertEnds(Files.readString(pid).strip());
  }

  @Test
  void endsAWaitWhenInterrupted() throws Exception {
    Path pid = there.resolve("pid");
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                host()
                    .run(
                        Command.of(
                            "sh", "-c", "echo $$ > \"$1\"; exec sleep 1000", "sh", pid.toString()));
              } catch (SyncException e) {
                thrown.complete(
                    Thread.currentThread().isInterrupted() ? e : new AssertionError("flag", e));
              }
            });
    waiter.start();
    waitUntil(() -> Files.exists(pid) && Files.size(pid) > 0);

    waiter.interrupt();

    Throwable e = thrown.get(60, TimeUnit.SECONDS);
    assertThat(e).isInstanceOf(SyncException.class);
    assertThat(((SyncException) e).kind()).isEqualTo(Kind.INTERRUPTED);
    assertEnds(Files.readString(pid).strip());
  }

  /** Nobody would end it any more: whoever was interrupted never learned of its start. */
  @Test
  void leavesNothingRunningWheneverItIsInterrupted() throws Exception {
    List<Path> pids = new ArrayList<>();
    for (int millis = 0; millis < 150; millis += 3) {
      Path pid = there.resolve("pid" + millis);
      pids.add(pid);
      Command command =
          Command.of("sh", "-c", "echo $$ > \"$1\"; exec sleep 1000", "sh", pid.toString());
      FutureTask<CommandResult> wait = new FutureTask<>(() -> host().run(command));
      Thread waiter = new Thread(wait);
      waiter.start();
      Thread.sleep(millis);
      waiter.interrupt();

      assertThatThrownBy(() -> wait.get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
    }
    for (Path pid : pids) {
      if (Files.exists(pid) && Files.size(pid) > 0) {
        assertEnds(Files.readString(pid).strip());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("oddNames")
  @Holds(value = "G2", as = Outcome.EXACT)
  void sendsAndFetchesFilesOfAnyName(String name) throws IOException {
    Path source = Files.writeString(here.resolve("source"), "content of " + name);

    host().send(source, there + "/" + name);
    host().fetch(there + "/" + name, here.resolve("back"));

    assertThat(there.resolve(name)).hasContent("content of " + name);
    assertThat(here.resolve("back")).hasSameBinaryContentAs(source);
    assertThat(mode(there.resolve(name))).isEqualTo("rw-------");
    assertThat(mode(here.resolve("back"))).isEqualTo("rw-------");
    assertThat(names(there)).containsExactly(name);
    assertThat(names(here)).containsExactlyInAnyOrder("source", "back");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32768, 10_000_019})
  void copiesEveryByte(int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path source = Files.write(here.resolve("source"), content);

    host().send(source, there + "/file");
    host().fetch(there + "/file", here.resolve("back"));

    assertThat(there.resolve("file")).hasBinaryContent(content);
    assertThat(here.resolve("back")).hasBinaryContent(content);
  }

  @Test
  void replacesAFileAndAPartLeftOver() throws IOException {
    Path source = Files.writeString(here.resolve("source"), "new");
    Files.writeString(there.resolve("file"), "old");
    Files.writeString(there.resolve("file.part"), "half of something much longer");

    host().send(source, there + "/file");

    assertThat(there.resolve("file")).hasContent("new");
    assertThat(names(there)).containsExactly("file");
  }

  @Test
  @Holds(value = "G2", as = Outcome.REFUSED)
  void followsNoSymlinkWhereItWrites() throws IOException {
    Path victim = Files.writeString(there.resolve("victim"), "untouched");
    Path source = Files.writeString(here.resolve("source"), "new");
    Files.createSymbolicLink(there.resolve("file"), victim);
    Files.createSymbolicLink(there.resolve("file.part"), victim);
    Files.createSymbolicLink(here.resolve("back"), source);

    host().send(source, there + "/file");
    host().fetch(there + "/victim", here.resolve("back"));

    assertThat(victim).hasContent("untouched");
    assertThat(there.resolve("file")).isRegularFile().hasContent("new");
    assertThat(Files.isSymbolicLink(there.resolve("file"))).isFalse();
    assertThat(source).hasContent("new");
    assertThat(here.resolve("back")).hasContent("untouched");
    assertThat(Files.isSymbolicLink(here.resolve("back"))).isFalse();
  }

  @Test
  void failsWhereNothingCanBeWritten() throws IOException {
    Path source = Files.writeString(here.resolve("source"), "new");
    Files.createDirectory(there.resolve("directory"));

    assertFailure(() -> host().send(source, there + "/no/such/file"))
        .contains("no such file or directory", there + "/no/such/file");
    assertFailure(() -> host().send(source, there + "/directory")).contains("directory");
    assertFailure(() -> host().write(there + "/source/x", new byte[1], 0600))
        .contains(there + "/source/x");
    assertThat(names(there)).containsExactly("directory");
  }

  @Test
  void failsWhereNothingCanBeRead() throws IOException {
    Files.writeString(here.resolve("back"), "as before");

    assertFailure(() -> host().send(here.resolve("nothing"), there + "/file"))
        .contains("no such file or directory");
    assertFailure(() -> host().fetch(there + "/nothing", here.resolve("back")))
        .contains("no such file or directory", there + "/nothing");

    assertThat(names(there)).isEmpty();
    assertThat(names(here)).containsExactly("back");
    assertThat(here.resolve("back")).hasContent("as before");
  }

  @ParameterizedTest
  @ValueSource(ints = {0600, 0644, 0755, 0400})
  @Holds(value = "A8", as = Outcome.EXACT)
  void writesSmallFilesWithTheirMode(int mode) throws IOException {
    host().write(there + "/small", "first".getBytes(UTF_8), mode);
    host().write(there + "/small", "second".getBytes(UTF_8), mode);

    assertThat(there.resolve("small")).hasContent("second");
    assertThat(Files.getAttribute(there.resolve("small"), "unix:mode")).isEqualTo(0100000 | mode);
    assertThat(names(there)).containsExactly("small");
  }

  @Test
  void makesDirectoriesForTheOwnerAlone() throws IOException {
    Files.createDirectory(there.resolve("a"));
    Files.setPosixFilePermissions(there.resolve("a"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(there.resolve("file"), "");

    host().makeDirectories(there + "/a/b/it's $(c)");
    host().makeDirectories(there + "/a/b/it's $(c)");

    assertThat(mode(there.resolve("a"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(there.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(mode(there.resolve("a/b/it's $(c)"))).isEqualTo("rwx------");
    assertFailure(() -> host().makeDirectories(there + "/file")).contains(there + "/file");
  }

  @Test
  void looksDeletesAndRenames() throws IOException {
    Files.writeString(there.resolve("a"), "a");
    Files.writeString(there.resolve("b"), "b");
    Files.createSymbolicLink(there.resolve("link"), there.resolve("a"));

    host().rename(there + "/a", there + "/b");
    assertThat(there.resolve("b")).hasContent("a");
    assertThat(host().exists(there + "/a")).isFalse();
    assertThat(host().exists(there + "/b")).isTrue();
    assertThat(host().exists(there.toString())).isTrue();
    assertThat(host().exists(there + "/link")).as("what it points to is gone").isFalse();

    host().delete(there + "/link");
    host().delete(there + "/b");
    host().delete(there + "/b");
    assertThat(names(there)).isEmpty();

    Files.createDirectory(there.resolve("directory"));
    assertFailure(() -> host().delete(there + "/directory")).contains(there + "/directory");
    assertFailure(() -> host().rename(there + "/nothing", there + "/x")).contains("no such file");
  }

  @Test
  void tellsTheFreeSpace() throws IOException {
    long expected = Files.getFileStore(there).getUsableSpace();

    assertThat(host().freeBytes(there + "/not/there/yet").orElseThrow())
        .isBetween(expected / 2, expected * 2);
  }

  @Test
  void knowsTheHomeOfTheLogin() {
    String home = host().absolute("~/");

    assertThat(home).startsWith("/");
    assertThat(host().absolute("~/a b/~")).isEqualTo(home.replaceAll("/$", "") + "/a b/~");
    assertThat(host().absolute("/a/../b")).startsWith("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "./x", "../x", "", "~", "~other/x", "$HOME/x"})
  void refusesAPathThatDependsOnTheProgramsPlace(String path) {
    assertFailure(() -> host().exists(path)).contains("depends on where a program was started");
  }

  @Test
  @Holds(value = "G2", as = Outcome.REFUSED)
  void refusesNul() {
    assertThatThrownBy(() -> host().exists("/tmp/a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Command.of("echo", "a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The message, what and hint, of a failure of the kind HOST. */
  static org.assertj.core.api.AbstractStringAssert<?> assertFailure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    SyncException e = catchThrowableOfType(SyncException.class, call);
    assertThat(e).as("a SyncException").isNotNull();
    assertThat(e.kind()).isEqualTo(Kind.HOST);
    return assertThat(e.what() + "\n" + e.hint() + "\n" + e.details());
  }

  static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  static String firstLine(RunningCommand command) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = command.output().read(); b != '\n' && b >= 0; b = command.output().read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  static void assertEnds(String processId) {
    waitUntil(() -> !isAlive(processId));
  }

  /** By ps, which tells a process that ended but was not yet reaped (Z) from a living one. */
  static boolean isAlive(String processId) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", processId).start();
    String state = new String(ps.getInputStream().readAllBytes(), UTF_8).strip();
    return !state.isEmpty() && !state.startsWith("Z");
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  static void waitUntil(Condition condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try {
      while (!condition.holds()) {
        assertThat(System.nanoTime()).as("60 s have passed").isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void listsADirectoryAndDeletesItWhenItIsEmpty() throws IOException {
    String directory = there + "/città of files";
    assertThatThrownBy(() -> host().list(directory))
        .hasMessageContaining("no such file or directory");
    host().makeDirectories(directory + "/within");
    host().write(directory + "/b", new byte[1], 0600);
    host().write(directory + "/.a", new byte[1], 0600);

    assertThat(host().list(directory)).containsExactly(".a", "b", "within");
    assertThatThrownBy(() -> host().deleteDirectory(directory)).hasMessageContaining(directory);
    assertThatThrownBy(() -> host().deleteDirectory(directory + "/b")).hasMessageContaining("/b");
    host().deleteDirectory(directory + "/within");

    assertThat(host().list(directory)).containsExactly(".a", "b");
  }
}
