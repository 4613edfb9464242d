package io.travaso.restore;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pg_restore --list} says of a whole archive.
 *
 * @param serverMajor of the server that was dumped
 */
record PostgresArchive(int serverMajor, List<Entry> entries) {
  private static final Pattern SERVER =
      Pattern.compile(";\\s+Dumped from database version: (\\d+).*");
  private static final Pattern ENTRY =
      Pattern.compile("(\\d+); \\d+ \\d+ (COMMENT - EXTENSION|EXTENSION|SCHEMA|[A-Z]+)( .*)");

  /**
   * One of its entries.
   *
   * @param kind {@code EXTENSION}, {@code SCHEMA}, or the first word of another one
   * @param rest what follows, the owner last
   */
  record Entry(String number, String kind, String rest) {

    /** The name of an extension or a schema, which has no schema of its own. */
    String name() {
      return rest.substring(" - ".length(), rest.lastIndexOf(' '));
    }
  }

  static PostgresArchive of(String listing) {
    int major = 0;
    List<Entry> entries = new ArrayList<>();
    for (String line : listing.split("\n", -1)) {
      Matcher server = SERVER.matcher(line);
      Matcher entry = ENTRY.matcher(line);
      if (server.matches()) {
        major = Integer.parseInt(server.group(1));
      } else if (entry.matches()) {
        entries.add(new Entry(entry.group(1), entry.group(2), entry.group(3)));
      }
    }
    return new PostgresArchive(major, entries);
  }

  /** Throws where a newer server was dumped. */
  void requireFor(String dump, int here) {
    if (serverMajor > here) {
      throw SyncException.refused(
          "%s was taken from PostgreSQL %d, and this server is %d, which can't read it"
              .formatted(dump, serverMajor, here),
          "Restore it into PostgreSQL " + serverMajor + " or newer.");
    }
  }

  List<Entry> kinds(String... kinds) {
    List<String> wanted = List.of(kinds);
    return entries.stream().filter(entry -> wanted.contains(entry.kind())).toList();
  }

  /** A list for {@code --use-list} of all entries but those of some kinds. */
  String without(String... kinds) {
    List<String> left = List.of(kinds);
    return list(entries.stream().filter(entry -> !left.contains(entry.kind())).toList());
  }

  static String list(List<Entry> entries) {
    StringBuilder list = new StringBuilder();
    entries.forEach(entry -> list.append(entry.number()).append(";\n"));
    return list.toString();
  }

  /** Those who own something in it, as far as they are none of these roles. */
  List<String> ownersBut(List<String> roles) {
    TreeSet<String> others = new TreeSet<>();
    for (Entry entry : entries) {
      // Names of roles can hold blanks; nobody tells where they begin.
      if (roles.stream().noneMatch(role -> entry.rest().endsWith(" " + role))) {
        String last = entry.rest().substring(entry.rest().lastIndexOf(' ') + 1);
        if (!last.isEmpty()) {
          others.add(last);
        }
      }
    }
    return List.copyOf(others);
  }
}
