package io.travaso.property;

import io.travaso.table.Column;
import io.travaso.table.Constraints;
import io.travaso.table.Field;
import io.travaso.table.ForeignKey;
import io.travaso.table.NaturalKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.ValueKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables that the fixtures of the corpus are of. */
final class FuzzTables {
  private FuzzTables() {}

  static Map<String, SyncTable> models() {
    return Stream.of(values(), pairs(), links())
        .collect(Collectors.toMap(SyncTable::model, t -> t));
  }

  /** A value of each kind that has one meaning. */
  private static SyncTable values() {
    return table(
        "values",
        List.of(column("id", "bigint", ValueKind.INTEGER)),
        field(column("text", "text", ValueKind.TEXT)),
        field(column("decimal", "numeric(12,2)", ValueKind.TEXT)),
        field(column("number", "integer", ValueKind.INTEGER)),
        field(column("real", "double precision", ValueKind.FLOAT)),
        field(column("flag", "boolean", ValueKind.BOOLEAN)),
        field(column("at", "timestamp with time zone", ValueKind.TIMESTAMP)),
        field(column("bytes", "bytea", ValueKind.BYTES)),
        field(column("document", "jsonb", ValueKind.JSON_DOCUMENT)));
  }

  private static SyncTable pairs() {
    return table(
        "pair",
        List.of(column("a", "text", ValueKind.TEXT), column("b", "bigint", ValueKind.INTEGER)),
        field(column("v", "text", ValueKind.TEXT)));
  }

  private static SyncTable links() {
    return table(
        "link",
        List.of(),
        field(column("value_id", "bigint", ValueKind.INTEGER)),
        new Field(
            "type",
            column("type_id", "bigint", ValueKind.INTEGER),
            reference(
                "django_content_type",
                column("app_label", "text", ValueKind.TEXT),
                column("model", "text", ValueKind.TEXT))));
  }

  private static Column column(String name, String type, ValueKind kind) {
    return new Column(name, type, kind, true, "=", false, true, false, false, false, null);
  }

  private static Field field(Column column) {
    return new Field(column.name(), column, null);
  }

  private static SyncTable table(String name, List<Column> key, Field... fields) {
    List<Column> columns = new ArrayList<>(key);
    Arrays.stream(fields).forEach(f -> columns.add(f.column()));
    List<String> keyNames = key.stream().map(Column::name).toList();
    Table table = table("app_" + name, columns, keyNames);
    List<Column> match = key.isEmpty() ? columns : key;
    return new SyncTable(table, "app." + name, "app." + name, key, List.of(fields), match);
  }

  private static Table table(String name, List<Column> columns, List<String> key) {
    return new Table(
        new TableId("public", name),
        columns,
        key,
        List.of(),
        List.of(),
        List.of(),
        Constraints.NONE,
        Set.of(),
        Set.of());
  }

  private static Reference reference(String name, Column... match) {
    Table other = table(name, List.of(match), List.of());
    List<NaturalKey.Part> parts =
        Arrays.stream(match).<NaturalKey.Part>map(NaturalKey.Value::new).toList();
    return new Reference(
        new ForeignKey("fk", other.id(), List.of("x"), other.id(), List.of("id"), false),
        new NaturalKey(other, parts),
        column("id", "bigint", ValueKind.INTEGER),
        new Reference.Refuse());
  }
}
