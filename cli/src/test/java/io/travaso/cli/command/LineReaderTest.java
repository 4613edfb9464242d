package io.travaso.cli.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineReaderTest {
  private final CountDownLatch lost = new CountDownLatch(1);

  @Test
  void noticesThatTheAskerIsGoneWhileALineIsWorkedOn() throws Exception {
    PipedWriter asker = new PipedWriter();
    @SuppressWarnings("resource") // reads until the writer is closed, which the test does
    LineReader in = new LineReader(new PipedReader(asker), lost::countDown);
    asker.write("merge\n");
    asker.flush();
    assertThat(in.readLine()).isEqualTo("merge");
    asker.close();
    assertThat(lost.await(10, SECONDS)).isTrue();
    assertThat(in.readLine()).isNull();
  }

  @Test
  void endsQuietlyWhenAllWasAnswered() throws Exception {
    PipedWriter asker = new PipedWriter();
    @SuppressWarnings("resource") // reads until the writer is closed, which the test does
    LineReader in = new LineReader(new PipedReader(asker), lost::countDown);
    asker.write("one\ntwo\n");
    asker.flush();
    assertThat(in.readLine()).isEqualTo("one");
    assertThat(in.readLine()).isEqualTo("two");
    Thread answered =
        new Thread(
            () -> {
              try {
                asker.close();
              } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
              }
            });
    // The reader is already waiting for the next question when the input ends, or soon will be.
    Thread.State[] seen = new Thread.State[1];
    Thread reader = Thread.currentThread();
    Thread closer =
        new Thread(
            () -> {
              while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              seen[0] = reader.getState();
              answered.start();
            });
    closer.start();
    assertThat(in.readLine()).isNull();
    closer.join();
    assertThat(seen[0]).isEqualTo(Thread.State.WAITING);
    assertThat(lost.getCount()).isEqualTo(1);
  }

  @Test
  void aQuestionThatNobodyWaitsForIsLost() throws Exception {
    @SuppressWarnings("resource") // a text that ends by itself
    LineReader in = new LineReader(new StringReader("merge\n"), lost::countDown);
    assertThat(lost.await(10, SECONDS)).isTrue();
    assertThat(in.readLine()).isEqualTo("merge");
  }
}
