package io.travaso.backup;

import io.travaso.table.TableId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code pg_restore --list} says about some tables.
 *
 * <p>A line reads {@code 3379; 0 16385 TABLE DATA schema table owner}, its names unquoted and with
 * line breaks turned into blanks: with blanks in names it can mean several tables. So an entry is
 * selected when it may be a table's; whose rows they are, their COPY header says for certain.
 *
 * @param dataEntries the numbers of the entries that may hold rows of the tables
 * @param missing the tables that have no entry at all
 */
record ArchiveContents(List<String> dataEntries, Set<TableId> missing) {
  private static final Pattern ENTRY = Pattern.compile("(\\d+); \\d+ \\d+ TABLE (DATA )?(.*)");
  private static final Pattern LINE_BREAK = Pattern.compile("[\r\n]");

  static ArchiveContents of(String listing, Set<TableId> tables) {
    List<String> dataEntries = new ArrayList<>();
    Set<TableId> missing = new TreeSet<>(tables);
    Set<String> starts = new HashSet<>();
    tables.forEach(table -> starts.add(start(table)));
    for (String line : listing.split("\n", -1)) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        // TABLE without DATA: a partitioned table has no rows of its own.
        String rest = entry.group(3);
        missing.removeIf(table -> rest.startsWith(start(table)));
        if (entry.group(2) != null && starts.stream().anyMatch(rest::startsWith)) {
          dataEntries.add(entry.group(1));
        }
      }
    }
    return new ArchiveContents(dataEntries, missing);
  }

  /** A list for {@code pg_restore --use-list}, which reads the number before the semicolon. */
  String selection() {
    return String.join(";\n", dataEntries) + ";\n";
  }

  private static String start(TableId table) {
    return LINE_BREAK.matcher(table.schema() + " " + table.name() + " ").replaceAll(" ");
  }
}
