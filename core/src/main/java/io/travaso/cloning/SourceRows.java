package io.travaso.cloning;

import io.travaso.Finding;
import io.travaso.Secret;
import io.travaso.SyncException;
import io.travaso.database.CloneSql;
import io.travaso.database.Dialect;
import io.travaso.database.LargeObjects;
import io.travaso.mask.ColumnMask;
import io.travaso.mask.MaskResolver;
import io.travaso.mask.MaskedSet;
import io.travaso.mask.Masking;
import io.travaso.mask.ResolvedMasks;
import io.travaso.mask.Unclassified;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What leaves a source, and how: looked at as a whole before anything does. */
final class SourceRows {
  private final CloneSide side;
  private final Choice choice;
  private final Rows rows;
  private final ResolvedMasks masks;
  private final List<String> extensions;
  private final boolean speaksOfKept;
  private final List<String> notes = new ArrayList<>();

  private SourceRows(
      CloneSide side,
      Choice choice,
      Rows rows,
      ResolvedMasks masks,
      List<String> extensions,
      boolean speaksOfKept) {
    this.side = side;
    this.choice = choice;
    this.rows = rows;
    this.masks = masks;
    this.extensions = extensions;
    this.speaksOfKept = speaksOfKept;
  }

  /**
   * Looks.
   *
   * @throws SyncException with all that keeps a clone from being made
   */
  static SourceRows of(CloneSide side, Handle session) {
    Dialect dialect = side.database().dialect();
    CloneSql sql = dialect.cloning();
    Choice choice = Choice.of(side.config(), side.catalog(), sql.extensionTables(session));
    // Only where the data are real is anything masked.
    ResolvedMasks masks =
        side.environment().isProtected()
            ? MaskResolver.resolve(side.config(), side.catalog())
            : new ResolvedMasks(Map.of(), Map.of(), List.of());
    boolean speaksOfKept = GenericRelations.speakOfKept(session, dialect, choice);
    Rows rows = Rows.ofSource(side.config(), choice, speaksOfKept);
    SourceRows source =
        new SourceRows(side, choice, rows, masks, sql.extensions(session), speaksOfKept);
    List<Finding> findings = new ArrayList<>(rows.findings());
    findings.addAll(choice.findings());
    findings.addAll(masks.findings());
    sql.obstacles(session)
        .forEach(what -> findings.add(Finding.refusal("The source has " + what, "")));
    source.requireReadable(findings);
    LargeObjects.held(session, dialect.structure(), source.tables())
        .forEach(held -> findings.add(Finding.refusal(held, LargeObjects.HINT)));
    source.requireMasks(findings);
    Finding.throwProblems(side.environment().name() + " can't be cloned", findings);
    source.notes.addAll(choice.notes());
    findings.stream()
        .filter(f -> f.severity() == Finding.Severity.WARNING)
        .forEach(f -> source.notes.add(f.line()));
    source.notes.addAll(sql.notes(session));
    source.noteMasks();
    return source;
  }

  private void requireReadable(List<Finding> findings) {
    for (Table table : choice.tables(Origin.SOURCE)) {
      if (!table.privileges().contains(Table.Privilege.SELECT)) {
        findings.add(
            Finding.refusal(
                "The account may not read " + choice.label(table),
                "GRANT SELECT on it, or connect as its owner."));
      } else if (table.has(Table.Trait.ROW_SECURITY)) {
        findings.add(
            Finding.refusal(
                choice.label(table) + " has row-level security that hides rows from this role",
                "Connect as a role with BYPASSRLS, or as the table's owner."));
      }
    }
  }

  private void requireMasks(List<Finding> findings) {
    if (!side.environment().isProtected()) {
      return;
    }
    TableSet set = new TableSet(List.of(tables()));
    MaskedSet masked = new MaskedSet(masks, set, set);
    findings.addAll(masked.leaving());
    if (side.config().masks().strict()) {
      Map<TableId, String> labels =
          tables().stream().collect(Collectors.toMap(SyncTable::id, SyncTable::label));
      Unclassified.in(masks, side.catalog(), masked.columns(), labels).ifPresent(findings::add);
    }
  }

  private void noteMasks() {
    if (!side.environment().isProtected()) {
      notes.add(side.environment().name() + " is not protected, so nothing is masked");
    } else if (masks.all().isEmpty()) {
      notes.add("no column is masked: the configuration has no mask for what is cloned");
    }
  }

  /** The tables whose rows go. */
  List<SyncTable> tables() {
    return List.copyOf(rows.tables().values());
  }

  Choice choice() {
    return choice;
  }

  List<String> extensions() {
    return extensions;
  }

  /** Whether generic relations are to rows that the target keeps. */
  boolean speaksOfKept() {
    return speaksOfKept;
  }

  List<String> notes() {
    return notes;
  }

  /** How a table's columns are masked, for people. */
  List<String> masked(Table table) {
    return masks.of(table.id()).values().stream()
        .map(mask -> mask.column().name() + ": " + mask.kind().word())
        .sorted()
        .toList();
  }

  /** Masks what goes. */
  Masking masking() {
    List<ColumnMask> columns =
        masks.all().stream().filter(m -> rows.tables().containsKey(m.table())).toList();
    boolean keyed = columns.stream().anyMatch(m -> m.kind().isKeyed());
    Secret key = keyed ? side.maskKey().get().orElse(null) : null;
    if (keyed && key == null) {
      throw SyncException.configuration(
          "Masks need a key, and mask-key names none",
          "Make one, once and for all: openssl rand -hex 32. Keep it where only the source's host"
              + " finds it.");
    }
    return columns.isEmpty() ? Masking.NONE : Masking.of(columns, key);
  }

  /** Whose rows a table has afterwards. */
  Origin origin(Table table) {
    return Objects.requireNonNull(choice.origin(table.id()));
  }
}
