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

  public SetProposal {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
    references = List.copyOf(references);
  }

  /** How many tables it names. */
  public int size() {
    return tables.stream().mapToInt(group -> group.tables().size()).sum();
  }

  /** Tables that belong together. */
  public record Group(String name, List<Entry> tables) {

    public Group {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A table, named as the configuration names it.
   *
   * @param name {@code app.model} or the table's own name
   * @param table the table's name where it can't be told from the model's; empty otherwise
   * @param match the columns its rows are recognised by; empty for the primary key
   * @param note what to know about it; empty where there is nothing
   */
  public record Entry(String name, String table, List<String> match, String note) {

    public Entry {
      match = List.copyOf(match);
    }
  }

  public record LeftOut(String name, String why) {}

  /**
   * An excluded table whose rows are recognised by some of its columns.
   *
   * @param match columns that are unique together and mean the same on every server
   */
  public record Recognised(String name, List<String> match) {

    public Recognised {
      match = List.copyOf(match);
    }
  }
}
