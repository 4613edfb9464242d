package io.travaso.backup;

import io.travaso.testing.Engine;
import java.util.List;

class MariaDbBackupStoreIT extends BackupStoreContract {

  @Override
  Engine engine() {
    return Engine.MARIADB;
  }

  @Override
  String[] rows() {
    return new String[] {
      "CREATE TABLE t (id int, x text)", "INSERT INTO t SELECT seq, md5(seq) FROM seq_1_to_20000"
    };
  }

  @Override
  List<String> failures() {
    return List.of(
        // Writes something and says that it failed.
        "\"$real\" \"$@\"; echo 'mariadb-dump: Error 2013: Lost connection' >&2; exit 3",
        // Is killed when it has written all.
        "\"$real\" \"$@\"; kill -s KILL $$",
        // Says that all is well and wrote nothing, as through a pipe that breaks.
        "exit 0",
        // Says that all is well and wrote a half.
        "\"$real\" \"$@\" | head -c 300000; exit 0",
        // Ends with a statement, so that what was written restores without an error.
        "\"$real\" \"$@\" | sed '/^UNLOCK TABLES;$/q'; exit 0",
        "\"$real\" \"$@\" | grep -v 'Dump completed'; exit 0",
        // Something was appended to it.
        "\"$real\" \"$@\"; echo 'DROP TABLE t;'; exit 0");
  }
}
