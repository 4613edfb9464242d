package io.travaso.site;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.file.PartFile;
import io.travaso.file.Sha256;
import io.travaso.host.Host;
import io.travaso.host.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings files to another host and back.
 *
 * <p>A large one has a connection of its own, so that nothing else is lost with it; where that is
 * cut it is opened again, and what has arrived is gone on with. Nothing but a transfer is ever done
 * a second time.
 */
final class Transfer {
  /** What is sent again so quickly that nobody has to keep it. */
  private static final long SMALL = 1 << 20;

  /** Before each further attempt; one that moved something begins them again. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

  /** Where a host can't tell what arrived, every attempt may move something, and none ends. */
  private static final int MOST = 10;

  private final Supplier<Host> shared;
  private final Supplier<Host> connect;
  private Traffic traffic = Traffic.NONE;

  Transfer(Supplier<Host> shared, Supplier<Host> connect) {
    this.shared = shared;
    this.connect = connect;
  }

  /** What went over connections that were opened here. */
  Traffic traffic() {
    return traffic;
  }

  void send(Path local, String there, Progress progress) {
    long bytes;
    String sha256;
    try {
      bytes = Files.size(local);
      sha256 = bytes < SMALL ? "" : Sha256.of(local);
    } catch (IOException e) {
      throw new SyncException(
          Kind.FAILED, "could not read " + local + ": " + PartFile.reason(e), "", e);
    }
    if (bytes < SMALL) {
      shared.get().send(local, there);
    } else {
      bring(progress, host -> host.goOnSending(local, there, sha256, progress));
    }
  }

  void fetch(String there, Path here, long bytes, String sha256, Progress progress) {
    if (bytes < SMALL) {
      shared.get().fetch(there, here);
    } else {
      bring(progress, host -> host.goOnFetching(there, here, sha256, progress));
    }
  }

  private interface Attempt {
    void over(Host host);
  }

  private void bring(Progress progress, Attempt attempt) {
    int inVain = 0;
    for (int i = 1; ; i++) {
      long before = moved();
      @Nullable SyncException cut = cut(attempt, i == 1);
      if (cut == null) {
        return;
      }
      inVain = moved() - before < SMALL ? inVain + 1 : 1;
      if (inVain > PAUSES.size() || i == MOST) {
        throw new SyncException(
            cut.kind(), cut.what(), "Run it again: what has arrived is gone on with.", cut);
      }
      Duration pause = PAUSES.get(inVain - 1);
      progress.tells("%s; trying again in %d s".formatted(cut.what(), pause.toSeconds()));
      sleep(pause, cut);
    }
  }

  private long moved() {
    return traffic.sentBytes() + traffic.receivedBytes();
  }

  /** Attempts it once: null where it is done, the failure where the connection was lost. */
  private @Nullable SyncException cut(Attempt attempt, boolean first) {
    Host host;
    try {
      host = connect.get();
    } catch (SyncException e) {
      if (first || e.kind() != Kind.HOST) {
        throw e;
      }
      return e;
    }
    try {
      attempt.over(host);
      return null;
    } catch (SyncException e) {
      if (host.isConnected() || e.kind() != Kind.HOST) {
        throw e;
      }
      return e;
    } finally {
      traffic = traffic.plus(host.traffic());
      host.close();
    }
  }

  private static void sleep(Duration pause, SyncException cut) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(Kind.INTERRUPTED, cut.what(), "", e);
    }
  }
}
