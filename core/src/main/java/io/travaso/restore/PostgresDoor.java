package io.travaso.restore;

import io.travaso.SyncException;
import java.util.List;

/** A session next to the databases that are renamed: to be renamed, one must have no session. */
final class PostgresDoor {
  private static final List<String> USUAL = List.of("postgres", "template1");

  private PostgresDoor() {}

  static Sql open(Replacement replacement) {
    SyncException first = null;
    for (String database : USUAL) {
      if (!database.equals(replacement.database())) {
        try {
          return Sql.connect(replacement.to(database));
        } catch (SyncException e) {
          first = first == null ? e : first;
        }
      }
    }
    throw new SyncException(
        first == null ? SyncException.Kind.FAILED : first.kind(),
        "to replace the database "
            + replacement.database()
            + " another one must be connected to: "
            + (first == null ? "there is none" : first.what()),
        "Let the account connect to the database postgres.",
        List.of());
  }
}
