package io.travaso.database.mariadb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The rights of the connected account and of its active roles, as {@code SHOW GRANTS} lists them:
 * unlike information_schema it follows roles.
 */
final class MariaDbGrants {
  private static final Pattern GRANT =
      Pattern.compile("^GRANT (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) TO ");

  /** Commas that stand in no list of columns. */
  private static final Pattern COMMA = Pattern.compile(", (?![^(]*\\))");

  private final List<Grant> grants = new ArrayList<>();

  private MariaDbGrants() {}

  /**
   * One line.
   *
   * @param database a pattern as LIKE takes it where {@code table} is any; {@code *} for all
   */
  private record Grant(Set<String> privileges, String database, String table) {

    boolean gives(String privilege) {
      return privileges.contains(privilege) || privileges.contains("ALL PRIVILEGES");
    }

    boolean isOn(String name) {
      return database.equals("*")
          || (table.equals("*") ? like(database, name) : database.equals(name));
    }

    private static boolean like(String pattern, String name) {
      StringBuilder regex = new StringBuilder();
      for (int i = 0; i < pattern.length(); i++) {
        char c = pattern.charAt(i);
        if (c == '\\' && i + 1 < pattern.length()) {
          regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
        } else {
          regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
          .matcher(name)
          .matches();
    }
  }

  static MariaDbGrants of(Handle handle) {
    MariaDbGrants grants = new MariaDbGrants();
    handle.createQuery("SHOW GRANTS").mapTo(String.class).forEach(grants::add);
    return grants;
  }

  private void add(String line) {
    Matcher matcher = GRANT.matcher(line);
    if (matcher.find()) {
      Set<String> privileges = new TreeSet<>();
      for (String privilege : COMMA.split(matcher.group(1), -1)) {
        privileges.add(privilege.trim().toUpperCase(Locale.ROOT));
      }
      grants.add(new Grant(privileges, name(matcher.group(2)), name(matcher.group(3))));
    }
  }

  private static String name(String quoted) {
    return quoted.equals("*") ? "*" : quoted.substring(1, quoted.length() - 1).replace("``", "`");
  }

  /** Whether a right is held on the whole of a database. */
  boolean onDatabase(String privilege, String database) {
    return grants.stream()
        .anyMatch(g -> g.table().equals("*") && g.isOn(database) && g.gives(privilege));
  }

  /** Whether a right is held on all columns of a table. */
  boolean onTable(String privilege, String database, String table) {
    return onDatabase(privilege, database)
        || grants.stream()
            .anyMatch(g -> g.isOn(database) && g.table().equals(table) && g.gives(privilege));
  }
}
