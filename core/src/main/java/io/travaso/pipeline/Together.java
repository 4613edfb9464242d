package io.travaso.pipeline;

import io.travaso.SyncException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Two sites at work at the same time.
 *
 * @param first what the first came to
 * @param second what the second came to
 */
record Together<A, B>(A first, B second) {

  /**
   * Has both work, and waits for both, also where one fails: a site does one thing at a time.
   *
   * @param second works in a thread of its own
   * @throws SyncException the failure of the first, else that of the second; another exception, the
   *     same way, where the program itself is wrong
   */
  static <A, B> Together<A, B> of(Supplier<A> first, Supplier<B> second) {
    FutureTask<B> task = new FutureTask<>(second::get);
    Thread thread = new Thread(task, "travaso-second-site");
    thread.setDaemon(true);
    thread.start();
    A done;
    try {
      done = first.get();
    } catch (RuntimeException e) {
      try {
        ended(task);
      } catch (RuntimeException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
    return new Together<>(done, ended(task));
  }

  private static <B> B ended(FutureTask<B> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          SyncException.Kind.INTERRUPTED, "Interrupted while the other side was at work", "", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
