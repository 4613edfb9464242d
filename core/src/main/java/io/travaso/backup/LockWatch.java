package io.travaso.backup;

import io.travaso.SyncException;
import io.travaso.database.Database;
import io.travaso.database.mariadb.MariaDbDumpSql;
import io.travaso.host.RunningCommand;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a dump that waits too long for a table somebody has locked: the program itself would wait
 * for as long as the server lets it, by default a day.
 */
final class LockWatch implements AutoCloseable {
  private final Database database;
  private final RunningCommand dump;
  private final Duration lockWait;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "watch over locks");
  private volatile boolean waitedTooLong;

  private LockWatch(Database database, RunningCommand dump, Duration lockWait) {
    this.database = database;
    this.dump = dump;
    this.lockWait = lockWait;
  }

  static LockWatch over(Database database, RunningCommand dump, Duration lockWait) {
    LockWatch watch = new LockWatch(database, dump, lockWait);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!done.await(lockWait.toMillis() / 4 + 1, TimeUnit.MILLISECONDS)) {
        if (database.with(
            "Looking for locks", handle -> MariaDbDumpSql.isDumpWaiting(handle, lockWait))) {
          waitedTooLong = true;
          dump.close();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SyncException e) {
      // Nobody can be asked any more, so the dump will not go on either, and says why.
    }
  }

  /** Whether it ended the dump. */
  boolean waitedTooLong() {
    return waitedTooLong;
  }

  @Override
  public void close() {
    done.countDown();
  }
}
