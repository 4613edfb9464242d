package io.travaso.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.SyncException;
import io.travaso.cli.command.Command;
import io.travaso.cli.command.Session;
import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Language;
import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.TextPrinter;
import io.travaso.cli.testing.Reports;
import io.travaso.cli.testing.Surrounded;
import io.travaso.pipeline.Observer;
import io.travaso.pipeline.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExecutionTest {
  @TempDir Path folder;

  /** A command that does what the test wants. */
  private static final class Scripted extends Command {
    private final Function<Session, Result> work;

    Scripted(Function<Session, Result> work) {
      this.work = work;
    }

    @Override
    public Result run(Session session) {
      return work.apply(session);
    }
  }

  private record Done() implements Result {
    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return "done";
    }

    @Override
    public void print(Page page) {
      page.line("done");
    }
  }

  private final Surrounded surrounded = new Surrounded(Path.of("/"));

  private Execution execution() {
    Messages messages = new Messages(Language.ENGLISH, ZoneOffset.UTC);
    return new Execution(
        surrounded.launch(), new TextPrinter(surrounded.console(), messages, () -> 0), messages);
  }

  private ExitCode run(Function<Session, Result> work) {
    return execution().run(new Scripted(work), "test", List.of());
  }

  @Test
  void endsWithTheResult() {
    assertThat(run(session -> new Done())).isEqualTo(ExitCode.DONE);
    assertThat(surrounded.out().text()).isEqualTo("done\n");
  }

  @Test
  void endsWithTheFailure() {
    ExitCode code =
        run(
            session -> {
              throw SyncException.host("vps can't be reached", "Is it on?");
            });
    assertThat(code).isEqualTo(ExitCode.HOST);
    assertThat(surrounded.err().text()).isEqualTo("failed: vps can't be reached\n  -> Is it on?\n");
  }

  @Test
  void aBugIsToldAsOneAndItsTraceGoesToAFile() throws Exception {
    ExitCode code =
        run(
            session -> {
              throw new IllegalStateException("row 7 has the password hunter2");
            });
    assertThat(code).isEqualTo(ExitCode.FAILED);
    String told = surrounded.err().text();
    assertThat(told)
        .startsWith("failed: This is a mistake in Travaso, not yours: IllegalStateException\n")
        .doesNotContain("hunter2", "\tat ");
    String file = told.replaceFirst("(?s).* with what (\\S+) says.*", "$1");
    Path trace = Path.of(file);
    assertThat(Files.readString(trace)).contains("hunter2", "\tat io.travaso.cli.ExecutionTest");
    assertThat(Files.getPosixFilePermissions(trace)).hasSize(2);
    Files.delete(trace);
  }

  /**
   * Runs work that never ends by itself, interrupts it once it says so, and gives the exit code.
   */
  private ExitCode interrupted(Consumer<Observer> work) throws Exception {
    Execution execution = execution();
    CountDownLatch ready = new CountDownLatch(1);
    CompletableFuture<ExitCode> exit = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () ->
                exit.complete(
                    execution.run(
                        new Scripted(
                            session -> {
                              work.accept(session.broadcast());
                              ready.countDown();
                              return waitForEver();
                            }),
                        "test",
                        List.of())));
    worker.start();
    assertThat(ready.await(20, SECONDS)).isTrue();
    execution.interrupt(worker);
    return exit.get(20, SECONDS);
  }

  private static Result waitForEver() {
    try {
      new CountDownLatch(1).await();
      throw new IllegalStateException("the wait has ended");
    } catch (InterruptedException e) {
      throw new SyncException(SyncException.Kind.INTERRUPTED, "while waiting", "", List.of());
    }
  }

  @Test
  void ctrlCBeforeTheMergeSaysThatNothingWasWritten() throws Exception {
    ExitCode code =
        interrupted(
            observer -> {
              observer.planned(Reports.everyday());
              observer.begins(Step.BACKUP);
            });
    assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(surrounded.err().text()).isEqualTo("interrupted: nothing was written to prod\n");
  }

  @Test
  void ctrlCDuringTheMergeSaysWhomToAsk() throws Exception {
    ExitCode code =
        interrupted(
            observer -> {
              observer.planned(Reports.everyday());
              observer.begins(Step.MERGE);
            });
    assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(surrounded.err().text())
        .startsWith("interrupted: the merge was at work, which is one transaction")
        .contains("`sync history --env prod` tells which");
  }

  @Test
  void ctrlCAfterTheMergeSaysThatItIsDone() throws Exception {
    interrupted(
        observer -> {
          observer.planned(Reports.everyday());
          observer.begins(Step.VERIFY);
        });
    assertThat(surrounded.err().text())
        .contains("what was planned is written to prod", "rollback-last-sync --env prod");
  }

  @Test
  void whatHasEndedIsNotInterrupted() {
    Execution execution = execution();
    execution.run(new Scripted(session -> new Done()), "test", List.of());
    execution.interrupt(Thread.currentThread());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(surrounded.err().text()).isEmpty();
  }
}
