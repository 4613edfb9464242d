package io.travaso.backup;

import io.travaso.testing.Engine;
import java.util.List;

class BackupStoreIT extends BackupStoreContract {

  @Override
  Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  String[] rows() {
    return new String[] {
      "CREATE TABLE t (id int, x text)",
      "INSERT INTO t SELECT i, md5(i::text) FROM generate_series(1, 20000) AS i"
    };
  }

  @Override
  List<String> failures() {
    return List.of(
        // Writes something and says that it failed.
        "\"$real\" \"$@\"; echo 'pg_dump: error: query failed: ERROR:  x' >&2; exit 1",
        // Is killed while it writes.
        "\"$real\" \"$@\"; kill -s KILL $$",
        // Says that all is well and wrote nothing, as through a pipe that breaks.
        "exit 0",
        // Says that all is well and wrote a half, as through a pipe that breaks later.
        "\"$real\" \"$@\" | head -c 20000; exit 0",
        // What it writes to is full.
        "exec \"$real\" \"$@\" > /dev/full");
  }
}
