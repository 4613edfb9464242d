package io.travaso.merge;

import io.travaso.database.Dialect;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The rights that the connected role needs for a set of tables, and those it lacks. */
public final class Rights {
  private final Handle session;
  private final Dialect dialect;
  private final Catalog catalog;
  private final TableSet set;
  private final Map<TableId, Set<Privilege>> needed = new TreeMap<>();

  private Rights(Handle session, Dialect dialect, Catalog catalog, TableSet set) {
    this.session = session;
    this.dialect = dialect;
    this.catalog = catalog;
    this.set = set;
  }

  /**
   * A right that is missing.
   *
   * @param privileges as GRANT takes them, separated by commas
   * @param object what on, as GRANT takes it
   * @param grantee who lacks it, as GRANT takes it
   */
  public record Missing(String privileges, String object, String grantee) {

    /** The statement that gives the right. */
    public String grant() {
      return "GRANT " + privileges + " ON " + object + " TO " + grantee + ";";
    }
  }

  /** What the role lacks to read these tables. */
  public static List<Missing> toRead(
      Handle session, Dialect dialect, Catalog catalog, TableSet set) {
    Rights rights = new Rights(session, dialect, catalog, set);
    rights.read();
    return rights.missing(Set.of(), false);
  }

  /** What the role lacks to merge these tables. */
  public static List<Missing> toMerge(
      Handle session, Dialect dialect, Catalog catalog, TableSet set, MergePolicy policy) {
    Rights rights = new Rights(session, dialect, catalog, set);
    rights.read();
    rights.write(policy);
    return rights.missing(rights.sequences(), true);
  }

  private void read() {
    for (SyncTable table : set.tables()) {
      need(table.id(), Privilege.SELECT);
      table.fields().stream()
          .flatMap(f -> Stream.ofNullable(f.reference()))
          .flatMap(r -> r.naturalKey().tables().stream())
          .forEach(t -> need(t, Privilege.SELECT));
      table.fields().stream()
          .flatMap(f -> Stream.ofNullable(f.generic()))
          .flatMap(g -> g.targets().stream())
          .flatMap(t -> t.naturalKey().tables().stream())
          .forEach(t -> need(t, Privilege.SELECT));
    }
  }

  private void write(MergePolicy policy) {
    for (SyncTable table : set.tables()) {
      need(table.id(), Privilege.INSERT);
      need(table.id(), Privilege.UPDATE);
      for (ForeignKey key : table.table().foreignKeys()) {
        need(key.target(), Privilege.SELECT);
      }
      if (policy == MergePolicy.FULL_REPLACE) {
        need(table.id(), Privilege.DELETE);
        catalog.referencing(table.id()).stream()
            .filter(key -> !set.contains(key.table()))
            .forEach(this::readOutside);
      }
    }
  }

  private void readOutside(ForeignKey key) {
    need(key.table(), Privilege.SELECT);
    if (key.acts()) {
      // To lock it, which takes a right to write.
      need(key.table(), Privilege.UPDATE);
    }
  }

  private void need(TableId table, Privilege privilege) {
    needed.computeIfAbsent(table, t -> EnumSet.noneOf(Privilege.class)).add(privilege);
  }

  private Set<TableId> sequences() {
    Set<TableId> sequences = new TreeSet<>();
    for (SyncTable table : set.tables()) {
      for (Column column : table.table().columns()) {
        // AUTO_INCREMENT comes with its table.
        if (column.sequence() != null && !column.sequence().equals(table.id())) {
          sequences.add(column.sequence());
        }
      }
    }
    return sequences;
  }

  private List<Missing> missing(Set<TableId> sequences, boolean staging) {
    Set<String> schemas = new TreeSet<>();
    needed.keySet().forEach(t -> schemas.add(t.schema()));
    sequences.forEach(s -> schemas.add(s.schema()));
    Map<String, String> objects =
        new LinkedHashMap<>(dialect.merge().lackedRights(session, schemas, sequences, staging));
    needed.forEach(
        (id, privileges) -> {
          Table table = catalog.get(id);
          String lacked =
              privileges.stream()
                  .filter(p -> !table.privileges().contains(p))
                  .map(Privilege::name)
                  .collect(Collectors.joining(", "));
          if (!lacked.isEmpty()) {
            objects.put(dialect.quote(id), lacked);
          }
        });
    return missing(objects);
  }

  private List<Missing> missing(Map<String, String> privilegesOn) {
    if (privilegesOn.isEmpty()) {
      return List.of();
    }
    String grantee = session.createQuery(dialect.merge().grantee()).mapTo(String.class).one();
    List<Missing> missing = new ArrayList<>();
    privilegesOn.forEach(
        (object, privileges) -> missing.add(new Missing(privileges, object, grantee)));
    return missing;
  }
}
