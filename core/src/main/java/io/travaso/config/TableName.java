package io.travaso.config;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as somebody wrote it: {@code app.Model}, {@code schema.table} or {@code table}. Which of
 * the first two it is only the database can say. A part in double quotes may hold anything, a dot
 * too; a double quote in it is written twice.
 *
 * @param qualifier the application's label or the schema
 * @param name the model or the table, upper and lower case as written
 */
public record TableName(@Nullable String qualifier, String name) {

  /** Reads a name; one that cannot be read is a {@code CONFIGURATION} error. */
  public static TableName parse(String text) {
    List<String> parts = parts(text);
    if (parts.size() > 2 || parts.contains("")) {
      throw notAName(text);
    }
    return parts.size() == 1
        ? new TableName(null, parts.get(0))
        : new TableName(parts.get(0), parts.get(1));
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw notAName(text.replaceAll("\\p{Cntrl}", "?"));
      } else if (c == '"' && quoted && text.startsWith("\"\"", i)) {
        part.append(c);
        i++;
      } else if (c == '"' && (quoted || part.isEmpty())) {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (quoted) {
      throw notAName(text);
    }
    parts.add(part.toString());
    return parts;
  }

  private static SyncException notAName(String text) {
    return SyncException.configuration(
        "\"" + text + "\" is not the name of a table",
        "write app.Model, schema.table or table; a part with a dot or a quote in it goes into"
            + " double quotes");
  }

  /** As it is written in the configuration; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return qualifier == null ? quoted(name) : quoted(qualifier) + "." + quoted(name);
  }

  private static String quoted(String part) {
    // As a key of its own, << would be YAML's merge key.
    boolean plain = !part.contains(".") && !part.contains("\"") && !part.equals("<<");
    return plain ? part : "\"" + part.replace("\"", "\"\"") + "\"";
  }
}
