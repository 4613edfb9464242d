package io.travaso.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of the set in one database at one time: the columns of each row by entity and key. */
record Rows(Map<Entity, SortedMap<String, List<String>>> of) {
  static final String NULL = "\\N";

  static Rows none() {
    Map<Entity, SortedMap<String, List<String>>> of = new EnumMap<>(Entity.class);
    for (Entity entity : Entity.values()) {
      of.put(entity, new TreeMap<>());
    }
    return new Rows(of);
  }

  SortedMap<String, List<String>> get(Entity entity) {
    return of.getOrDefault(entity, new TreeMap<>());
  }

  /** Whether every row that is referenced is there. */
  boolean hold() {
    return get(Entity.MATTER).values().stream()
            .allMatch(
                matter ->
                    get(Entity.CUSTOMER).containsKey(matter.get(0))
                        && (matter.get(3).equals(NULL)
                            || get(Entity.CODE).containsKey(matter.get(3))))
        && get(Entity.LINK).keySet().stream()
            .map(link -> link.split(":", -1))
            .allMatch(
                link ->
                    get(Entity.CUSTOMER).containsKey(link[0])
                        && get(Entity.TAG).containsKey(link[1]));
  }
}
