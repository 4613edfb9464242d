package io.travaso.site;

import java.util.List;

/**
 * A table set that a database's catalog suggests.
 *
 * @param tables by group: a Django application, or a schema
 * @param leftOut what is better excluded, and why
 * @param references how rows of excluded tables that are referenced can be recognised
 */
public record SetProposal(List<Group> tables, List<LeftOut> leftOut, List<Recognised> references) {

  /** Tables that belong together. */
  public record Group(String name, List<Entry> tables) {}

  /**
   * A table.
   *
   * @param name {@code app.Model} or the table's own name
   * @param table the table's name where it can't be told from the model's; empty otherwise
   */
  public record Entry(String name, String table) {}

  public record LeftOut(String name, String why) {}

  public record Recognised(String name, List<String> match) {}
}
