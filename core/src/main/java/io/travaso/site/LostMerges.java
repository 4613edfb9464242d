package io.travaso.site;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.database.ClusterSql;
import io.travaso.database.Database;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges again where another node of the cluster wrote first: from the staging on, for everything
 * was taken back. The plan has to be the one that was confirmed, as ever; else it is refused.
 */
final class LostMerges {
  /** How often after the first time. */
  private static final int AGAIN = 2;

  private final Database database;
  private final @Nullable Runnable planAgain;

  /**
   * Of one merge.
   *
   * @param planAgain stages and plans in a new session; null where that can't be done
   */
  LostMerges(Database database, @Nullable Runnable planAgain) {
    this.database = database;
    this.planAgain = planAgain;
  }

  <T> T apply(Supplier<T> merge) {
    for (int left = AGAIN; ; left--) {
      try {
        if (left < AGAIN && planAgain != null) {
          planAgain.run();
        }
        return merge.get();
      } catch (SyncException e) {
        if (left == 0 || planAgain == null || !isLost(e)) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private boolean isLost(SyncException failure) {
    ClusterSql cluster = database.dialect().cluster();
    return cluster.isLost(failure)
        && database.with("Asking " + database.name() + " for its cluster", cluster::isNode);
  }

  /** Whoever wrote may be about to write more. */
  private static void pause(SyncException lost) {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(Kind.INTERRUPTED, "Interrupted while merging again", "", lost);
    }
  }
}
