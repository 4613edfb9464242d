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
        // Says that all is well and wrote a half, as onto a disk that lies.
        "for a in \"$@\"; do case $a in --file=*) f=${a#--file=};; esac; done; \"$real\" \"$@\" &&"
            + " n=$(wc -c < \"$f\") && head -c $((n / 2)) \"$f\" > \"$f.x\" && cat \"$f.x\" >"
            + " \"$f\" && rm \"$f.x\"",
        // The disk is full: no file may grow beyond 8 KiB, which is said as by a full disk.
        "trap '' XFSZ; ulimit -f 16; exec \"$real\" \"$@\"");
  }
}
