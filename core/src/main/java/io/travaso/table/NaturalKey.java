package io.travaso.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a row of a table is recognised by in another database: a list of values, its own or those of
 * the rows it references.
 */
public record NaturalKey(Table table, List<Part> parts) {

  /** One column of the table's. */
  public sealed interface Part {
    Column column();
  }

  /** A value of the row itself. */
  public record Value(Column column) implements Part {}

  /**
   * A reference to another row, which stands for what that one is recognised by.
   *
   * @param targetColumn the referenced column
   */
  public record Through(Column column, Column targetColumn, NaturalKey target) implements Part {}

  public NaturalKey {
    parts = List.copyOf(parts);
  }

  /**
   * One of its values.
   *
   * @param table whose column it is
   * @param column whose type it has
   * @param nullable whether it can be NULL
   */
  public record Element(TableId table, Column column, boolean nullable) {}

  /** Its values, in order. */
  public List<Element> elements() {
    List<Element> elements = new ArrayList<>();
    for (Part part : parts) {
      boolean nullable = part.column().nullable();
      if (part instanceof Through through) {
        through
            .target()
            .elements()
            .forEach(
                e -> elements.add(new Element(e.table(), e.column(), nullable || e.nullable())));
      } else {
        elements.add(new Element(table.id(), part.column(), nullable));
      }
    }
    return elements;
  }

  /** The columns that its values have the types of, in order. */
  public List<Column> columns() {
    return elements().stream().map(Element::column).toList();
  }

  /** Whether constraints see to it that no two rows have the same, and no value is NULL. */
  public boolean isGuaranteed() {
    return table.isUnique(parts.stream().map(p -> p.column().name()).toList())
        && parts.stream().noneMatch(p -> p.column().nullable())
        && parts.stream().allMatch(p -> !(p instanceof Through t) || t.target().isGuaranteed());
  }

  /** The table and those that are referenced on the way. */
  public Set<TableId> tables() {
    Set<TableId> tables = new LinkedHashSet<>(Set.of(table.id()));
    for (Part part : parts) {
      if (part instanceof Through through) {
        tables.addAll(through.target().tables());
      }
    }
    return tables;
  }
}
