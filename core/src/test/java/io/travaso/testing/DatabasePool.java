package io.travaso.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Emptied databases to use again: making and dropping one takes longer than most tests. */
public final class DatabasePool {
  private static final Map<TestServer, Deque<TestDatabase>> FREE = new ConcurrentHashMap<>();

  private DatabasePool() {}

  public static TestDatabase take(TestServer server) {
    TestDatabase free = free(server).poll();
    return free == null ? server.newDatabase() : free;
  }

  /** Empties a database for the next test; whoever is still connected to it is sent away. */
  public static void giveBack(TestDatabase database) {
    database.server().empty(database);
    free(database.server()).add(database);
  }

  private static Deque<TestDatabase> free(TestServer server) {
    return FREE.computeIfAbsent(server, s -> new ArrayDeque<>());
  }
}
