package io.travaso.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.travaso.property.JsonTree.Word;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Slot;
import io.travaso.table.SyncTable;
import io.travaso.table.ValueKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a fixture says, read the slow way: by Jackson, and a tree. */
final class FixtureOracle {
  private static final Pattern PLAIN =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z?");

  /** NULL, which is not the JSON value null. */
  private static final Word NULL = new Word("NULL");

  private FixtureOracle() {}

  /** A record's model and values: text, {@link #NULL}, or a tree for a document. */
  record Row(String model, List<Object> values) {}

  static List<Row> rows(byte[] json, Map<String, SyncTable> models) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Object record : (List<?>) JsonTree.read(json)) {
      String model = (String) JsonTree.member(record, "model");
      SyncTable table = models.get(model);
      if (table == null) {
        throw new IOException("a model that nobody knows: " + model);
      }
      rows.add(new Row(model, values(table, (Map<?, ?>) record)));
    }
    return rows;
  }

  private static List<Object> values(SyncTable table, Map<?, ?> parts) throws IOException {
    List<Object> values = new ArrayList<>();
    List<Column> key = table.primaryKey();
    for (int i = 0; i < key.size(); i++) {
      Object pk = JsonTree.member(parts, "pk");
      values.add(value(key.get(i), key.size() == 1 ? pk : at(pk, i)));
    }
    Map<?, ?> fields = (Map<?, ?>) JsonTree.member(parts, "fields");
    int known = (key.isEmpty() ? 2 : 3);
    if (fields.size() != table.fields().size() || parts.size() != known) {
      throw new IOException("too much or too little in a record");
    }
    for (Field field : table.fields()) {
      Object value = JsonTree.member(fields, field.name());
      if (field.reference() == null) {
        values.add(value(field.column(), value));
      } else {
        List<Column> match = field.reference().match();
        for (int k = 0; k < match.size(); k++) {
          values.add(value(match.get(k), value.equals(JsonTree.NULL) ? value : at(value, k)));
        }
      }
    }
    return values;
  }

  private static Object at(Object list, int index) throws IOException {
    Object[] values = ((List<?>) list).toArray();
    if (index >= values.length) {
      throw new IOException("a list is too short");
    }
    return values[index];
  }

  private static Object value(Column column, Object json) throws IOException {
    if (json.equals(JsonTree.NULL)) {
      return NULL;
    }
    if (column.kind() == ValueKind.JSON_DOCUMENT) {
      return document(json);
    }
    if (json instanceof Word word) {
      boolean number =
          column.kind() == ValueKind.INTEGER
              || column.kind() == ValueKind.FLOAT
              || column.type().startsWith("numeric");
      if (word.isNumber() == number && (number || column.kind() == ValueKind.BOOLEAN)) {
        return number ? word.text() : word.text().substring(0, 1);
      }
      throw new IOException(json + " for " + column.type());
    }
    String text = (String) json;
    return switch (column.kind()) {
      case TIMESTAMP ->
          PLAIN.matcher(text).matches() ? text.replace('T', ' ').replace("Z", "+00") : text;
      case BYTES ->
          text.startsWith("\\x")
              ? text
              : "\\x" + HexFormat.of().formatHex(Base64.getDecoder().decode(text));
      default -> text;
    };
  }

  private static Object document(Object json) {
    return json instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("$json")
        ? new Wrapped(map.get("$json"))
        : json;
  }

  /** What was wrapped, so that the JSON value null is not NULL. */
  record Wrapped(Object value) {}

  /** A row of bulk text as the same. */
  static Row row(SyncTable table, byte[] bulk) throws IOException {
    String text = new String(bulk, UTF_8);
    List<Object> values = new ArrayList<>();
    List<Column> columns = table.slots().stream().map(Slot::source).toList();
    String[] parts = text.split("\t", -1);
    if (parts.length != columns.size()) {
      throw new IOException("%d values for %d columns".formatted(parts.length, columns.size()));
    }
    for (int i = 0; i < parts.length; i++) {
      values.add(
          parts[i].equals("\\N")
              ? NULL
              : columns.get(i).kind() == ValueKind.JSON_DOCUMENT
                  ? JsonTree.read(unescaped(parts[i]).getBytes(UTF_8))
                  : unescaped(parts[i]));
    }
    return new Row(table.model(), values);
  }

  private static String unescaped(String bulk) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bulk.length(); i++) {
      char c = bulk.charAt(i);
      if (c == '\\') {
        char letter = bulk.charAt(++i);
        int at = "bfnrtv".indexOf(letter);
        c = at < 0 ? letter : "\b\f\n\r\t\u000b".charAt(at);
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Whether they say the same. */
  static boolean same(Row wanted, Row read) {
    if (!wanted.model().equals(read.model()) || wanted.values().size() != read.values().size()) {
      return false;
    }
    for (int i = 0; i < wanted.values().size(); i++) {
      Object value = wanted.values().get(i);
      boolean same =
          value instanceof Wrapped wrapped
              ? wrapped.value().equals(read.values().get(i))
              : value.equals(read.values().get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
