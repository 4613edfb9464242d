package io.travaso.traps;

import io.travaso.testing.MariaDbServer;
import java.util.Arrays;

/** Cases on one MariaDB server. */
abstract class MariaDbTraps extends Traps {

  MariaDbTraps(MariaDbServer server) {
    super(server);
  }

  /** The release as one number: 1011 for 10.11. */
  @Override
  int version() {
    int[] parts =
        Arrays.stream(server().version().split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    return parts[0] * 100 + parts[1];
  }

  /** A value as the server takes it. */
  static String literal(String value) {
    return value.equals("NULL")
        ? value
        : "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** Each value created in a row, and written over each of the others. */
  Crossing written(String type, String... literals) {
    StringBuilder dev = new StringBuilder();
    StringBuilder prod = new StringBuilder();
    int id = 0;
    for (String literal : literals) {
      dev.append("INSERT INTO t VALUES (%d, %s);".formatted(++id, literal));
      for (String before : literals) {
        dev.append("INSERT INTO t VALUES (%d, %s);".formatted(++id, literal));
        prod.append("INSERT INTO t VALUES (%d, %s);".formatted(id, before));
      }
    }
    return crossing("CREATE TABLE t (id int PRIMARY KEY, v " + type + ")")
        .dev(dev.toString())
        .prod(prod.toString());
  }
}
