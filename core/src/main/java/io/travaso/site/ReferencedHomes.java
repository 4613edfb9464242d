package io.travaso.site;

import io.travaso.Finding;
import io.travaso.table.Field;
import io.travaso.table.Homes;
import io.travaso.table.Links;
import io.travaso.table.NaturalKey;
import io.travaso.table.SyncTable;
import io.travaso.table.TableSet;
import io.travaso.table.Way;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what rows are recognised by has a home in another engine's columns, where it stands in
 * the records of other rows.
 */
final class ReferencedHomes {
  private final Homes homes;
  private final TableSet set;
  private final List<Finding> findings = new ArrayList<>();

  ReferencedHomes(Homes homes, TableSet set) {
    this.homes = homes;
    this.set = set;
  }

  List<Finding> findings() {
    for (SyncTable table : set.tables()) {
      for (Field field : table.fields()) {
        outside(table, field);
      }
      table.links().forEach(links -> links(table, links));
    }
    return findings;
  }

  /** Those of the set are looked at with its tables. */
  private void outside(SyncTable table, Field field) {
    if (field.reference() == null || !field.isCarried()) {
      return;
    }
    for (NaturalKey.Element element : field.reference().naturalKey().elements()) {
      String source = homes.source(element.table(), element.column());
      boolean known = !set.contains(element.table()) && !source.isEmpty();
      if (known && Way.between(source, element.column().content().holds()).isEmpty()) {
        refuse(table, field.name(), element);
      }
    }
  }

  /** The database takes documents apart: values in them can't be made others on the way. */
  private void links(SyncTable table, Links links) {
    Field other = links.other();
    List<NaturalKey.Element> elements =
        other.reference() == null
            ? List.of(new NaturalKey.Element(links.table().id(), other.column(), false))
            : other.reference().naturalKey().elements();
    elements.forEach(e -> documented(table, links.name(), e));
  }

  private void documented(SyncTable table, String name, NaturalKey.Element element) {
    Homes.Home home = homes.of(element.table(), element.column());
    if (home != null && home.way() != Way.AS_IS) {
      refuse(table, name, element);
    }
  }

  private void refuse(SyncTable table, String name, NaturalKey.Element element) {
    findings.add(
        Finding.refusal(
            "%s.%s holds values of %s.%s, which is %s in the fixture and has no exact home there in %s"
                .formatted(
                    table.label(),
                    name,
                    element.table(),
                    element.column().name(),
                    homes.source(element.table(), element.column()),
                    element.column().type()),
            "Give the column a type on one side that holds the other's values as they are, or"
                + " recognise the rows by other columns (`match`)."));
  }
}
