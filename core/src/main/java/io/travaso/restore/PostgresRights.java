package io.travaso.restore;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;

/** Whether an account may replace a PostgreSQL database; all that it lacks is told at once. */
final class PostgresRights {
  private PostgresRights() {}

  /** Whether the account is a superuser, who may do anything. */
  static boolean isSuperuser(Sql door) {
    return door.column(
            "Asking who we are", "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        .contains("t");
  }

  /**
   * Throws a {@code REFUSED} error with the statements to run where a right lacks.
   *
   * @param user who is connected
   */
  static void require(Sql door, String database, String owner, String user) {
    if (isSuperuser(door)) {
      return;
    }
    List<String> lacked = new ArrayList<>();
    String me = door.quote(user);
    List<String> answer =
        door.rows(
                "Looking for the rights to make databases",
                "SELECT rolcreatedb, rolcreaterole, pg_has_role(%s, 'MEMBER') FROM pg_roles WHERE rolname = current_user"
                    .formatted(door.literal(owner)))
            .get(0);
    if (!answer.get(0).equals("t")) {
      lacked.add("ALTER ROLE " + me + " CREATEDB");
    }
    if (!answer.get(2).equals("t")) {
      lacked.add("GRANT " + door.quote(owner) + " TO " + me);
    }
    List<String> others =
        PostgresProperties.rolesWithSettings(door, database).stream()
            .filter(role -> !role.equals(user))
            .toList();
    if (!others.isEmpty() && !answer.get(1).equals("t")) {
      lacked.add("ALTER ROLE " + me + " CREATEROLE");
    }
    if (!lacked.isEmpty()) {
      throw SyncException.refused(
          "the account " + user + " may not replace the database " + database,
          "As an administrator, run the statements listed; or name an account that may under"
              + " database.maintenance.",
          lacked);
    }
  }
}
