package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.SyncException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a database is made of, as the statements that make it. Whose it was is left out: whoever
 * makes it again is its definer.
 */
public final class MariaDbObjects {
  private static final Pattern DEFINER =
      Pattern.compile(
          "^(CREATE(?: OR REPLACE)?(?: ALGORITHM=\\w+)?) DEFINER=`(?:[^`]|``)*`@`(?:[^`]|``)*`");

  private static final Pattern CREATE =
      Pattern.compile("^(CREATE(?: OR REPLACE)?(?: ALGORITHM=\\w+)?)");

  private MariaDbObjects() {}

  /** In the order in which they are made. */
  public enum Kind {
    SEQUENCE,
    TABLE,
    FUNCTION,
    PROCEDURE,
    PACKAGE,
    PACKAGE_BODY,
    VIEW,
    TRIGGER,
    EVENT;

    String sql() {
      return name().replace('_', ' ');
    }

    /** Whether it is there before rows are. */
    public boolean isBeforeRows() {
      return this == SEQUENCE || this == TABLE;
    }
  }

  /**
   * One of them.
   *
   * @param statement makes it; without a definer
   * @param sqlMode the session's, when it was made; null where that says nothing
   * @param collation of the connection that made it
   */
  public record MadeObject(
      Kind kind,
      String name,
      String statement,
      @Nullable String sqlMode,
      @Nullable String collation) {}

  /** All there is, but for this tool's own ledger. */
  public static List<MadeObject> read(Handle session) {
    String database = session.createQuery("SELECT DATABASE()").mapTo(String.class).one();
    List<MadeObject> objects = new ArrayList<>();
    tables(session, "SEQUENCE").forEach(n -> add(session, objects, Kind.SEQUENCE, n, database));
    tables(session, "BASE TABLE").forEach(n -> add(session, objects, Kind.TABLE, n, database));
    tables(session, "SYSTEM VERSIONED")
        .forEach(n -> add(session, objects, Kind.TABLE, n, database));
    for (Kind kind : List.of(Kind.FUNCTION, Kind.PROCEDURE, Kind.PACKAGE, Kind.PACKAGE_BODY)) {
      names(
              session,
              "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ="
                  + " DATABASE() AND ROUTINE_TYPE = "
                  + literal(kind.sql())
                  + " ORDER BY 1")
          .forEach(n -> add(session, objects, kind, n, database));
    }
    tables(session, "VIEW").forEach(n -> add(session, objects, Kind.VIEW, n, database));
    names(
            session,
            "SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
                + " ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER")
        .forEach(n -> add(session, objects, Kind.TRIGGER, n, database));
    names(
            session,
            "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER"
                + " BY 1")
        .forEach(n -> add(session, objects, Kind.EVENT, n, database));
    return objects;
  }

  private static List<String> tables(Handle session, String type) {
    return names(
        session,
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND"
            + " TABLE_TYPE = "
            + literal(type)
            + " AND "
            + MariaDbCatalog.NOT_OURS
            + " ORDER BY 1");
  }

  private static List<String> names(Handle session, String query) {
    // A view that is broken makes the server warn.
    return session
        .createQuery("SET STATEMENT max_error_count = 0 FOR " + query)
        .mapTo(String.class)
        .list();
  }

  private static void add(
      Handle session, List<MadeObject> objects, Kind kind, String name, String database) {
    objects.add(
        session
            .createQuery("SHOW CREATE " + kind.sql() + " " + quote(name))
            .map((r, c) -> object(kind, name, r, database))
            .one());
  }

  private static MadeObject object(Kind kind, String name, ResultSet r, String database)
      throws SQLException {
    String column =
        switch (kind) {
          case SEQUENCE, TABLE -> "Create Table";
          case VIEW -> "Create View";
          case TRIGGER -> "SQL Original Statement";
          case EVENT -> "Create Event";
          case FUNCTION -> "Create Function";
          case PROCEDURE -> "Create Procedure";
          case PACKAGE -> "Create Package";
          case PACKAGE_BODY -> "Create Package Body";
        };
    String statement = r.getString(column);
    if (statement == null) {
      throw SyncException.failed(
          "Reading the %s %s failed: the account may not see it"
              .formatted(kind.sql().toLowerCase(Locale.ROOT), name),
          "As an administrator, GRANT SELECT ON mysql.proc (from MariaDB 11.3 on SHOW CREATE"
              + " ROUTINE) to the database's user");
    }
    boolean made = !kind.isBeforeRows();
    boolean mode = made && kind != Kind.VIEW;
    return new MadeObject(
        kind,
        name,
        withoutDatabase(DEFINER.matcher(statement).replaceFirst("$1"), database),
        mode ? r.getString("sql_mode") : null,
        made ? r.getString("collation_connection") : null);
  }

  /**
   * Without the database's own name before other names, which the server writes into views and
   * defaults: it would be another one over there. Texts and comments stay.
   */
  static String withoutDatabase(String statement, String database) {
    String qualifier = quote(database) + ".";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < statement.length(); ) {
      char c = statement.charAt(i);
      if (c == '\'' || c == '"') {
        int end = endOfText(statement, i, c);
        text.append(statement, i, end);
        i = end;
      } else if (c == '`' && statement.startsWith(qualifier, i)) {
        i += qualifier.length();
      } else if (c == '`') {
        int end = statement.indexOf('`', i + 1) + 1;
        text.append(statement, i, end == 0 ? statement.length() : end);
        i = end == 0 ? statement.length() : end;
      } else {
        text.append(c);
        i++;
      }
    }
    return text.toString();
  }

  private static int endOfText(String statement, int from, char quote) {
    for (int i = from + 1; i < statement.length(); i++) {
      if (statement.charAt(i) == '\\') {
        i++;
      } else if (statement.charAt(i) == quote) {
        return i + 1;
      }
    }
    return statement.length();
  }

  /**
   * Gives or takes all rights on a database; its name is no pattern here.
   *
   * @param account as GRANT takes it
   */
  public static String rights(String verb, String database, String preposition, String account) {
    return "%s ALL PRIVILEGES ON %s.* %s %s"
        .formatted(
            verb, quote(database.replace("_", "\\_").replace("%", "\\%")), preposition, account);
  }

  /**
   * Makes them in a database that has none. Views are tried again where one is made of another.
   *
   * @param definer who is to be their definer, as {@code DEFINER =} takes it
   */
  public static void create(Handle session, List<MadeObject> objects, String definer) {
    session.execute("SET SESSION foreign_key_checks = 0");
    List<MadeObject> open = new ArrayList<>(objects);
    while (!open.isEmpty()) {
      List<MadeObject> failed = new ArrayList<>();
      RuntimeException why = null;
      for (MadeObject object : open) {
        try {
          create(session, object, definer);
        } catch (RuntimeException e) {
          if (object.kind() != Kind.VIEW) {
            throw e;
          }
          failed.add(object);
          why = e;
        }
      }
      if (why != null && failed.size() == open.size()) {
        throw why;
      }
      open = failed;
    }
  }

  private static void create(Handle session, MadeObject object, String definer) {
    String mode = session.createQuery("SELECT @@sql_mode").mapTo(String.class).one();
    String collation =
        session.createQuery("SELECT @@collation_connection").mapTo(String.class).one();
    try {
      // The character set stays: the statement comes in the connection's own.
      if (object.collation() != null) {
        session.execute("SET collation_connection = " + literal(object.collation()));
      }
      // What a table's defaults and checks mean was decided when it was made.
      String made = object.sqlMode() == null ? "NO_ENGINE_SUBSTITUTION" : object.sqlMode();
      session.execute("SET sql_mode = " + literal(made));
      if (object.kind().isBeforeRows()) {
        session.execute(object.statement());
      } else {
        run(
            session,
            CREATE
                .matcher(object.statement())
                .replaceFirst("$1 DEFINER=" + Matcher.quoteReplacement(definer)));
      }
    } finally {
      session.execute("SET sql_mode = " + literal(mode));
      session.execute("SET collation_connection = " + literal(collation));
    }
  }

  /** No value can be lost here; and of an event the server warns where it runs none. */
  private static void run(Handle session, String sql) {
    try (Statement statement = session.getConnection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw MariaDbErrors.explain("Making what is no table", e);
    }
  }
}
