package io.travaso.traps;

import io.travaso.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every type at its extremes, one row a value. */
abstract class TypeTraps extends Traps {

  TypeTraps(PostgresServer server) {
    super(server);
  }

  /** A row with a value in one column and, where NULL is no value of the others, zeros. */
  private static String row(int id, int column, String value) {
    return "INSERT INTO t (id, c%d) VALUES (%d, '%s');"
        .formatted(column, id, value.replace("'", "''"));
  }

  /**
   * Each value in a row of its own: created from nothing, and written over each other value of its
   * type.
   */
  private static Crossing filled(Crossing crossing, List<Types> types) {
    StringBuilder dev = new StringBuilder();
    StringBuilder prod = new StringBuilder();
    List<String> columns = new ArrayList<>(List.of("id int PRIMARY KEY"));
    int id = 0;
    for (int column = 0; column < types.size(); column++) {
      List<String> values = types.get(column).values();
      columns.add("c" + column + " " + types.get(column).name());
      for (int i = 0; i < values.size(); i++) {
        dev.append(row(++id, column, values.get(i)));
        for (int other = 0; other < values.size(); other++) {
          dev.append(row(++id, column, values.get(i)));
          prod.append(row(id, column, values.get(other)));
        }
      }
    }
    return crossing
        .both("CREATE TABLE t (" + String.join(", ", columns) + ")")
        .dev(dev.toString())
        .prod(prod.toString());
  }

  @Test
  @Holds(value = "P9", as = Outcome.EXACT)
  void everyBuiltInTypeAtItsExtremes() {
    filled(crossing(Types.DEFINITIONS.toArray(String[]::new)), Types.of(version())).arrivesWhole();
  }

  @Test
  @Holds(value = "P9", as = Outcome.EXACT)
  void typesOfExtensions() {
    List<String> needed = List.of("hstore", "citext", "ltree", "cube", "seg", "isn", "lo");
    Crossing crossing = crossing();
    needed.forEach(extension -> crossing.admin("CREATE EXTENSION " + extension));
    filled(crossing, Types.OF_EXTENSIONS).arrivesWhole();
  }
}
