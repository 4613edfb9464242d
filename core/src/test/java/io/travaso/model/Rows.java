package io.travaso.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /** Whether anything is known of a table, be it that it has no rows. */
  boolean knows(Entity entity) {
    return of.containsKey(entity);
  }

  /** The same with some tables as they are elsewhere. */
  Rows with(Rows others, Set<Entity> entities) {
    Rows with = none();
    for (Entity entity : Entity.values()) {
      with.get(entity).putAll((entities.contains(entity) ? others : this).get(entity));
    }
    return with;
  }

  /** The tables that are not the same. */
  Set<Entity> others(Rows than) {
    Set<Entity> others = EnumSet.noneOf(Entity.class);
    for (Entity entity : Entity.values()) {
      if (!get(entity).equals(than.get(entity))) {
        others.add(entity);
      }
    }
    return others;
  }

  /** Whether a row is the same in both, or in neither. */
  static boolean same(Rows one, Rows other, Entity entity, String key) {
    return Objects.equals(one.get(entity).get(key), other.get(entity).get(key));
  }

  /** The same with another key of a row, and of what references it. */
  Rows moved(Entity entity, String key, String fresh) {
    Rows moved = none();
    of.forEach(
        (each, rows) ->
            rows.forEach(
                (k, row) ->
                    moved
                        .get(each)
                        .put(
                            key(each, k, entity, key, fresh), row(each, row, entity, key, fresh))));
    return moved;
  }

  private static String key(Entity each, String k, Entity entity, String key, String fresh) {
    if (each == Entity.LINK) {
      String[] pair = k.split(":", -1);
      return (entity == Entity.CUSTOMER && pair[0].equals(key) ? fresh : pair[0])
          + ":"
          + (entity == Entity.TAG && pair[1].equals(key) ? fresh : pair[1]);
    }
    return each == entity && k.equals(key) ? fresh : k;
  }

  private static List<String> row(
      Entity each, List<String> row, Entity entity, String key, String fresh) {
    if (each != Entity.MATTER || entity != Entity.CUSTOMER || !row.get(0).equals(key)) {
      return row;
    }
    List<String> moved = new ArrayList<>(row);
    moved.set(0, fresh);
    return List.copyOf(moved);
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
