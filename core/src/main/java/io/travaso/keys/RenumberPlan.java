package io.travaso.keys;

import java.util.List;

/**
 * What renumbering rows of a table would do.
 *
 * @param table its full name
 * @param label its name for people
 * @param column its primary key
 * @param drawn whether the database's own sequence gives the keys
 * @param references the references that follow, without columns that hold none
 */
public record RenumberPlan(
    String table,
    String label,
    String column,
    boolean drawn,
    List<FreshKey> keys,
    List<MovedReferences> references) {

  public RenumberPlan {
    keys = List.copyOf(keys);
    references = List.copyOf(references);
  }
}
