package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.SyncException;
import io.travaso.cli.output.Broadcast.Reached;
import io.travaso.cli.testing.Reports;
import io.travaso.cli.testing.Surrounded;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.Step;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private final Surrounded surrounded = new Surrounded(Path.of("/"));
  private final Broadcast broadcast =
      new Broadcast(
          new TextPrinter(
              surrounded.console(), new Messages(Language.ENGLISH, ZoneOffset.UTC), () -> 0));

  @Test
  void knowsHowFarTheRunHasCome() {
    assertThat(broadcast.stop()).isEqualTo(Reached.NO_STEP);
  }

  @Test
  void nothingIsWrittenBeforeTheMerge() {
    broadcast.begins(Step.BACKUP);
    assertThat(broadcast.stop()).isEqualTo(Reached.BEFORE_MERGE);
  }

  @Test
  void aMergeThatIsAtWorkMayGoEitherWay() {
    broadcast.begins(Step.MERGE);
    assertThat(broadcast.stop()).isEqualTo(Reached.IN_MERGE);
  }

  @Test
  void aMergeThatIsDoneIsDone() {
    broadcast.begins(Step.MERGE);
    broadcast.done(Step.MERGE, Note.of(Text.MERGED, 1, 2, 3));
    assertThat(broadcast.stop()).isEqualTo(Reached.AFTER_MERGE);
  }

  @Test
  void verifyingIsAfterTheMerge() {
    broadcast.begins(Step.VERIFY);
    assertThat(broadcast.stop()).isEqualTo(Reached.AFTER_MERGE);
  }

  @Test
  void knowsTheTargetFromThePlan() {
    assertThat(broadcast.target()).isEmpty();
    broadcast.planned(Reports.everyday());
    assertThat(broadcast.target()).isEqualTo("prod");
  }

  @Test
  void throwsOutARunThatGoesOnAfterItWasStopped() {
    broadcast.begins(Step.BACKUP);
    broadcast.stop();
    assertThatThrownBy(() -> broadcast.begins(Step.MERGE))
        .isInstanceOf(SyncException.class)
        .satisfies(
            e -> assertThat(((SyncException) e).kind()).isEqualTo(SyncException.Kind.INTERRUPTED));
    assertThatThrownBy(() -> broadcast.at("x", 1, 2)).isInstanceOf(SyncException.class);
    assertThat(surrounded.out().text()).isEmpty();
    // The step that was not begun does not count.
    assertThat(broadcast.stop()).isEqualTo(Reached.BEFORE_MERGE);
  }
}
