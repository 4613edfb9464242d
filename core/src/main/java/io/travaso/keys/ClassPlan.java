package io.travaso.keys;

import java.util.List;

/**
 * What it takes for an environment to draw its keys from a class of numbers.
 *
 * @param changes the sequences that are changed
 * @param server what becomes of the server's own settings for AUTO_INCREMENT; empty where nothing
 * @param notes what else is worth knowing, for people
 */
public record ClassPlan(List<Change> changes, List<Setting> server, List<String> notes) {

  /**
   * A sequence that is changed.
   *
   * @param sequence its full name
   * @param labels the tables that draw from it, for people
   * @param increment how far apart two numbers will be
   * @param next the number that will be drawn next
   */
  public record Change(
      String sequence, List<String> labels, long fromIncrement, long increment, long next) {
    public Change {
      labels = List.copyOf(labels);
    }
  }

  /** A variable of the server's. */
  public record Setting(String name, long from, long to) {}

  public ClassPlan {
    changes = List.copyOf(changes);
    server = List.copyOf(server);
    notes = List.copyOf(notes);
  }

  public boolean isEmpty() {
    return changes.isEmpty() && server.isEmpty();
  }
}
