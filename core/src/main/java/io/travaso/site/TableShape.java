package io.travaso.site;

import io.travaso.fixture.Manifest;
import io.travaso.table.Column;
import io.travaso.table.Field;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.Way;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the set as far as both sides must agree on it.
 *
 * @param key what its rows are recognised by
 * @param columns those that are merged
 * @param generated those that are not, because the database computes them
 */
public record TableShape(
    String table,
    String label,
    List<String> key,
    List<ColumnShape> columns,
    List<String> generated) {

  public TableShape {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    generated = List.copyOf(generated);
  }

  /**
   * A column as far as both sides must agree on it.
   *
   * @param hasDefault whether a row that is written without it gets one; only a target needs that
   * @param holds what {@link io.travaso.table.Content#holds} says of it
   * @param carriedAs how it stands in a fixture, which depends on its foreign key; empty where that
   *     is not known
   */
  public record ColumnShape(
      String name,
      String type,
      boolean nullable,
      boolean hasDefault,
      String holds,
      String carriedAs) {

    boolean isLike(ColumnShape other) {
      return name.equals(other.name) && type.equals(other.type) && nullable == other.nullable;
    }

    /** Whether another engine's column may well be the same. */
    boolean isTwin(ColumnShape other) {
      return nullable == other.nullable && !Way.measuresDiffer(holds, other.holds);
    }

    /** Whether values of this one have a home in another engine's. */
    boolean hasHomeIn(ColumnShape other) {
      return Way.between(holds, other.holds).isPresent();
    }

    boolean isCarriedLike(ColumnShape other) {
      return carriedAs.isEmpty() || other.carriedAs.isEmpty() || carriedAs.equals(other.carriedAs);
    }

    /** Whether rows can be written without it. */
    boolean isOptional() {
      return nullable || hasDefault;
    }

    @Override
    public String toString() {
      return type + (nullable ? "" : " not null");
    }
  }

  static TableShape of(SyncTable table) {
    return new TableShape(
        table.id().toString(),
        table.label(),
        table.match().stream().map(Column::name).toList(),
        Stream.concat(
                table.primaryKey().stream().map(c -> shape(c, "pk")),
                table.fields().stream()
                    .filter(Field::isCarried)
                    .map(f -> shape(f.column(), carriedAs(f))))
            .toList(),
        table.table().columns().stream().filter(Column::generated).map(Column::name).toList());
  }

  private static ColumnShape shape(Column column, String carriedAs) {
    return new ColumnShape(
        column.name(),
        column.type(),
        column.nullable(),
        column.hasDefault(),
        column.content().holds(),
        carriedAs);
  }

  private static String carriedAs(Field field) {
    Reference reference = field.reference();
    return reference == null
        ? field.name()
        : "%s of %s by [%s]"
            .formatted(
                field.name(),
                reference.target(),
                reference.match().stream().map(Column::name).collect(Collectors.joining(", ")));
  }

  static TableShape of(Manifest.TableEntry table) {
    return new TableShape(
        table.table(),
        table.label(),
        table.key(),
        table.columns().stream()
            .map(c -> new ColumnShape(c.name(), c.type(), c.nullable(), false, c.holds(), ""))
            .toList(),
        table.generated());
  }
}
