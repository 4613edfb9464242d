package io.travaso.site;

import io.travaso.Finding;
import io.travaso.site.TableShape.ColumnShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the tables of two sides differ, so that rows could not go from one to the other as they
 * are.
 */
public final class SchemaDrift {
  private static final String HINT = "Bring both sides to the same migrations first.";

  private final String source;
  private final String target;
  private final List<Finding> findings = new ArrayList<>();

  private SchemaDrift(String source, String target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Compares the tables to be written with those of the target.
   *
   * @param source what the source is called in messages
   * @param target what the target is called in messages
   */
  public static List<Finding> between(
      String source, List<TableShape> sources, String target, List<TableShape> targets) {
    SchemaDrift drift = new SchemaDrift(source, target);
    Map<String, TableShape> known = new HashMap<>();
    targets.forEach(t -> known.put(t.table(), t));
    for (TableShape table : sources) {
      TableShape other = known.get(table.table());
      if (other == null) {
        drift.add(table.label() + " is in " + source + " but not among the tables of " + target);
      } else {
        drift.compare(table, other);
      }
    }
    return drift.findings;
  }

  private void compare(TableShape here, TableShape there) {
    if (!here.key().equals(there.key())) {
      add(
          "%s: rows are recognised by [%s] in %s, by [%s] in %s"
              .formatted(
                  here.label(),
                  String.join(", ", here.key()),
                  source,
                  String.join(", ", there.key()),
                  target));
    }
    Map<String, ColumnShape> others = new HashMap<>();
    there.columns().forEach(c -> others.put(c.name(), c));
    for (ColumnShape column : here.columns()) {
      ColumnShape other = others.remove(column.name());
      if (other == null) {
        add(here.label() + ": column " + column.name() + " is only in " + source);
      } else if (!other.equals(column)) {
        add(
            "%s.%s is %s in %s, %s in %s"
                .formatted(here.label(), column.name(), column, source, other, target));
      }
    }
    others.keySet().stream()
        .sorted()
        .forEach(name -> add(here.label() + ": column " + name + " is only in " + target));
  }

  private void add(String what) {
    findings.add(Finding.refusal("Schema drift: " + what, HINT));
  }
}
