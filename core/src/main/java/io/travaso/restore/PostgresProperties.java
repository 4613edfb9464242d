package io.travaso.restore;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What belongs to a PostgreSQL database itself, and is in no dump of it.
 *
 * @param creation what follows {@code CREATE DATABASE name}
 * @param later the statements that make a database like it, with {@code %s} for its name
 */
record PostgresProperties(String owner, String creation, List<String> later) {
  /** Settings that are lists of names, each quoted on its own: pg_dump's GUC_LIST_QUOTE. */
  private static final Set<String> LISTS =
      Set.of(
          "local_preload_libraries",
          "search_path",
          "session_preload_libraries",
          "shared_preload_libraries",
          "temp_tablespaces",
          "unix_socket_directories");

  private static final Pattern LIST_ELEMENT =
      Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*?))\\s*(?:,|$)");

  static PostgresProperties of(Sql door, String database) {
    List<List<String>> found =
        door.rows(
            "Reading how the database " + database + " was made",
            """
            SELECT pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
                   t.spcname, d.datconnlimit, shobj_description(d.oid, 'pg_database'),
                   to_jsonb(d)->>'datlocprovider', COALESCE(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale'),
                   to_jsonb(d)->>'daticurules', d.datacl IS NOT NULL
              FROM pg_database AS d JOIN pg_tablespace AS t ON t.oid = d.dattablespace
             WHERE d.datname = %s\
            """
                .formatted(door.literal(database)));
    if (found.isEmpty()) {
      throw SyncException.failed("there is no database " + database, "see the database's URL");
    }
    List<String> row = found.get(0);
    String creation =
        " TEMPLATE template0 OWNER %s ENCODING %s LC_COLLATE %s LC_CTYPE %s%s%s"
            .formatted(
                door.quote(row.get(0)),
                door.literal(row.get(1)),
                door.literal(row.get(2)),
                door.literal(row.get(3)),
                provider(door, row.get(7), row.get(8), row.get(9)),
                // To name what is the default takes a right of its own.
                row.get(4).equals("pg_default") ? "" : " TABLESPACE " + door.quote(row.get(4)));
    List<String> later = new ArrayList<>();
    later.add("ALTER DATABASE %s CONNECTION LIMIT " + row.get(5));
    later.add(
        "COMMENT ON DATABASE %s IS " + (row.get(6).isEmpty() ? "NULL" : text(door, row.get(6))));
    if (row.get(10).equals("t")) {
      later.addAll(grants(door, database, row.get(0)));
    }
    later.addAll(settings(door, database));
    return new PostgresProperties(row.get(0), creation, later);
  }

  private static String provider(Sql door, String provider, String locale, String rules) {
    return switch (provider) {
      case "i" ->
          " LOCALE_PROVIDER icu ICU_LOCALE "
              + door.literal(locale)
              + (rules.isEmpty() ? "" : " ICU_RULES " + door.literal(rules));
      case "b" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + door.literal(locale);
      case "c" -> " LOCALE_PROVIDER libc";
      // Before PostgreSQL 15 there is no other.
      default -> "";
    };
  }

  /** A literal within a statement that a name is put into. */
  private static String text(Sql door, String value) {
    return door.literal(value).replace("%", "%%");
  }

  private static String name(Sql door, String value) {
    return door.quote(value).replace("%", "%%");
  }

  private static List<String> grants(Sql door, String database, String owner) {
    List<String> statements = new ArrayList<>();
    statements.add("REVOKE ALL ON DATABASE %s FROM PUBLIC");
    statements.add("REVOKE ALL ON DATABASE %s FROM " + name(door, owner));
    for (List<String> grant :
        door.rows(
            "Reading the grants on " + database,
            """
            SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN '' ELSE pg_get_userbyid(a.grantee) END, a.is_grantable
              FROM pg_database AS d, aclexplode(d.datacl) AS a WHERE d.datname = %s ORDER BY a.grantee, 1\
            """
                .formatted(door.literal(database)))) {
      statements.add(
          "GRANT "
              + grant.get(0)
              + " ON DATABASE %s TO "
              + (grant.get(1).isEmpty() ? "PUBLIC" : name(door, grant.get(1)))
              + (grant.get(2).equals("t") ? " WITH GRANT OPTION" : ""));
    }
    return statements;
  }

  private static List<String> settings(Sql door, String database) {
    List<String> statements = new ArrayList<>();
    for (List<String> setting :
        door.rows(
            "Reading the settings of " + database,
            """
            SELECT CASE s.setrole WHEN 0 THEN '' ELSE pg_get_userbyid(s.setrole) END, c
              FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = s.setdatabase,
                   unnest(s.setconfig) WITH ORDINALITY AS u (c, n)
             WHERE d.datname = %s ORDER BY s.setrole, n\
            """
                .formatted(door.literal(database)))) {
      String whose =
          setting.get(0).isEmpty()
              ? "ALTER DATABASE %s SET "
              : "ALTER ROLE " + name(door, setting.get(0)) + " IN DATABASE %s SET ";
      int equals = setting.get(1).indexOf('=');
      String key = setting.get(1).substring(0, equals);
      statements.add(
          whose + key(door, key) + " TO " + value(door, key, setting.get(1).substring(equals + 1)));
    }
    return statements;
  }

  /** An extension's setting has two names. */
  private static String key(Sql door, String key) {
    List<String> parts = new ArrayList<>();
    for (String part : key.split("\\.", -1)) {
      parts.add(name(door, part));
    }
    return String.join(".", parts);
  }

  private static String value(Sql door, String key, String value) {
    if (!LISTS.contains(key)) {
      return text(door, value);
    }
    List<String> elements = new ArrayList<>();
    Matcher element = LIST_ELEMENT.matcher(value);
    while (element.lookingAt() && element.end() > element.start()) {
      String quoted = element.group(1);
      elements.add(text(door, quoted == null ? element.group(2) : quoted.replace("\"\"", "\"")));
      element.region(element.end(), value.length());
    }
    return elements.isEmpty() ? "''" : String.join(", ", elements);
  }

  /** The roles that have settings of their own in the database. */
  static List<String> rolesWithSettings(Sql door, String database) {
    return door.column(
        "Reading the settings of " + database,
        """
        SELECT DISTINCT pg_get_userbyid(s.setrole) FROM pg_db_role_setting AS s JOIN pg_database AS d
            ON d.oid = s.setdatabase WHERE d.datname = %s AND s.setrole <> 0\
        """
            .formatted(door.literal(database)));
  }
}
