package io.travaso.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, on this machine. */
class LocalHostIT extends HostContract {
  private final LocalHost host = new LocalHost();

  @Override
  Host host() {
    return host;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptEndsACommandThatIsReadOrWrittenTo(boolean writing) throws InterruptedException {
    AtomicReference<SyncException> failure = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              try (RunningCommand sleep = host().start(Command.of("sleep", "300"))) {
                talk(sleep, writing);
                failure.set(catchThrowableOfType(SyncException.class, sleep::waitFor));
              }
            });
    worker.start();
    Thread.sleep(300);
    worker.interrupt();
    worker.join();

    assertThat(Objects.requireNonNull(failure.get()).kind()).isEqualTo(Kind.INTERRUPTED);
  }

  private static void talk(RunningCommand command, boolean writing) {
    try (OutputStream input = command.input()) {
      if (writing) {
        input.write(new byte[1 << 20]);
      } else {
        assertThat(command.output().read()).isEqualTo(-1);
      }
    } catch (IOException e) {
      assertThat(writing).as("nobody is left to write to").isTrue();
    }
  }
}
