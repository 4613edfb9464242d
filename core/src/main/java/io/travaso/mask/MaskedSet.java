package io.travaso.mask;

import io.travaso.Finding;
import io.travaso.table.Column;
import io.travaso.table.ColumnRule;
import io.travaso.table.Field;
import io.travaso.table.GenericReference;
import io.travaso.table.Links;
import io.travaso.table.NaturalKey;
import io.travaso.table.Reference;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Masks in a set of tables: what of it they can't keep, and what of it can't come back. */
public final class MaskedSet {
  private final ResolvedMasks masks;
  private final TableSet set;
  private final TableSet whole;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param set the tables that are taken
   * @param whole all that are configured
   */
  public MaskedSet(ResolvedMasks masks, TableSet set, TableSet whole) {
    this.masks = masks;
    this.set = set;
    this.whole = whole;
  }

  /** What would leave unmasked in spite of a mask, or could not be what the mask promises. */
  public List<Finding> leaving() {
    findings.clear();
    for (SyncTable table : set.tables()) {
      table.match().forEach(column -> refuseEqualKeys(table, column));
      table.fields().forEach(field -> field(table, field));
      table.links().forEach(links -> links(table, links));
    }
    return List.copyOf(findings);
  }

  private void refuseEqualKeys(SyncTable table, Column column) {
    masks
        .of(table.id(), column)
        .filter(m -> !m.kind().isInjective())
        .ifPresent(
            m ->
                refuse(
                    "rows of %s are recognised by %s, and %s makes its values equal"
                        .formatted(table.label(), column.name(), m.kind().word()),
                    "Take hash or format, or recognise them by other columns."));
  }

  private void field(SyncTable table, Field field) {
    String label = table.label() + "." + field.column().name();
    boolean masked = masks.of(table.id(), field.column()).isPresent();
    if (masked && field.rule() instanceof ColumnRule.Rewrite) {
      refuse(label + " is masked, and has a rewrite rule", "Take one of the two out.");
    }
    Reference reference = field.reference();
    if (reference != null) {
      elements(reference.naturalKey())
          .filter(e -> !whole.contains(e.table()))
          .forEach(
              e ->
                  refuse(
                      "%s leaves as %s of %s, which is masked"
                          .formatted(label, e.column().name(), e.table()),
                      "Recognise those rows by columns that nobody minds, under `references`."));
      boolean fixed =
          masks.of(table.id(), field.column()).filter(m -> m.kind() == MaskKind.FIXED).isPresent();
      if (fixed) {
        refuse(
            label
                + " leaves as what the row it references is recognised by, so no text can be fixed",
            "Take null, or no mask.");
      }
    }
    GenericReference generic = field.generic();
    if (generic != null) {
      boolean leaks =
          masked
              || generic.targets().stream()
                  .anyMatch(t -> elements(t.naturalKey()).findAny().isPresent())
              || generic.byKey().stream().anyMatch(this::hasMaskedKey);
      if (leaks) {
        refuse(
            label + " is a generic relation, and what it leads to is recognised by a masked column",
            "Take that mask out, or ignore the relation under `columns`.");
      }
    }
  }

  /** Those of a natural key's values that are masked where they come from. */
  private Stream<NaturalKey.Element> elements(NaturalKey key) {
    return key.elements().stream().filter(e -> masks.of(e.table(), e.column()).isPresent());
  }

  private boolean hasMaskedKey(GenericReference.Model model) {
    String name = model.appLabel() + "." + model.name();
    return whole.tables().stream()
        .filter(t -> t.model().equals(name))
        .anyMatch(t -> t.table().primaryKey().stream().anyMatch(masks.of(t.id())::containsKey));
  }

  private void links(SyncTable table, Links links) {
    Field other = links.other();
    Reference reference = other.reference();
    boolean masked =
        masks.of(links.table().id(), other.column()).isPresent()
            || (reference != null && elements(reference.naturalKey()).findAny().isPresent());
    if (masked) {
      refuse(
          "%s.%s lists rows by what they are recognised by, which is masked"
              .formatted(table.label(), links.name()),
          "Take that mask out, or leave the links out: name their table under `exclude`.");
    }
  }

  /** The columns that leave, by table: those that a fixture has, and those it has of others. */
  public Map<TableId, Set<String>> columns() {
    Map<TableId, Set<String>> leaving = new TreeMap<>();
    for (SyncTable table : set.tables()) {
      for (SlotColumn slot : SlotColumn.of(table)) {
        leaving.computeIfAbsent(slot.table(), t -> new HashSet<>()).add(slot.column());
      }
      table.links().forEach(l -> addNaturalKey(leaving, l.other()));
      table.fields().stream()
          .flatMap(f -> Stream.ofNullable(f.generic()))
          .flatMap(g -> g.targets().stream())
          .flatMap(t -> t.naturalKey().elements().stream())
          .forEach(
              e -> leaving.computeIfAbsent(e.table(), t -> new HashSet<>()).add(e.column().name()));
    }
    set.linkTables().forEach(leaving::remove);
    leaving.values().forEach(c -> c.remove(""));
    return leaving;
  }

  private static void addNaturalKey(Map<TableId, Set<String>> leaving, Field field) {
    Reference reference = field.reference();
    if (reference != null) {
      reference
          .naturalKey()
          .elements()
          .forEach(
              e -> leaving.computeIfAbsent(e.table(), t -> new HashSet<>()).add(e.column().name()));
    }
  }

  /** What keeps rows from being brought to where the data are real. */
  public List<Finding> returning() {
    findings.clear();
    for (SyncTable table : set.tables()) {
      List<String> keys =
          Stream.concat(table.match().stream(), table.primaryKey().stream())
              .map(Column::name)
              .distinct()
              .filter(masks.of(table.id())::containsKey)
              .toList();
      if (!keys.isEmpty()) {
        refuse(
            "rows of %s are recognised by %s, which is masked: nobody can tell which of the real rows another environment's are"
                .formatted(table.label(), String.join(", ", keys)),
            "Leave the table out (--tables), or recognise its rows by other columns (`match`).");
      }
      table.links().forEach(links -> links(table, links));
      for (Field field : table.fields()) {
        Reference reference = field.reference();
        boolean known = keys.contains(field.column().name());
        if (reference != null && !known && elements(reference.naturalKey()).findAny().isPresent()) {
          refuse(
              "%s.%s references rows of %s by a masked column: nobody can tell which of the real ones are meant"
                  .formatted(table.label(), field.name(), reference.target()),
              "Leave the table out (--tables), or recognise those rows by other columns.");
        }
      }
    }
    return List.copyOf(findings);
  }

  /** The columns that stay as they are where the data are real, by table. */
  public Map<TableId, Set<String>> notReturning() {
    Map<TableId, Set<String>> columns = new TreeMap<>();
    for (SyncTable table : set.tables()) {
      for (Field field : table.fields()) {
        // A rule says what rows that are new there get; those that are there keep theirs.
        boolean decided = field.rule() instanceof ColumnRule.KeepTarget;
        if (!decided && masks.of(table.id(), field.column()).isPresent()) {
          columns.computeIfAbsent(table.id(), t -> new HashSet<>()).add(field.column().name());
        }
      }
    }
    return columns;
  }

  private void refuse(String what, String hint) {
    findings.add(Finding.problem("mask: " + what, hint));
  }
}
