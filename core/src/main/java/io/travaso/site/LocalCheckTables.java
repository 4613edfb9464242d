package io.travaso.site;

import io.travaso.Finding;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.database.Database;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableId;
import io.travaso.table.TableNames;
import io.travaso.table.TableSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What doctor looks at in an environment's tables, beyond what a run needs. */
final class LocalCheckTables {
  /** How many of many tables are named. */
  private static final int NAMED = 12;

  private final SyncConfig config;
  private final Environment environment;
  private final LocalDatabase database;
  private final List<Finding> findings;

  LocalCheckTables(
      SyncConfig config, Environment environment, LocalDatabase database, List<Finding> findings) {
    this.config = config;
    this.environment = environment;
    this.database = database;
    this.findings = findings;
  }

  /** Tables nobody decided about; whoever adds a table to the application forgets it here. */
  void whatIsNotInTheSet() {
    TableNames names = names();
    Set<TableId> decided = new HashSet<>();
    set().tables().forEach(table -> decided.add(table.id()));
    config.exclude().stream()
        .map(ConfiguredSet::name)
        .flatMap(name -> names.find(name, null).stream())
        .forEach(named -> decided.add(named.table().id()));
    List<Table> others =
        database.catalog().all().stream().filter(t -> !decided.contains(t.id())).toList();
    if (!others.isEmpty()) {
      ok(others.size() + " tables neither in tables nor in exclude: " + labels(others));
    }
    List<Table> keyless = others.stream().filter(t -> t.primaryKey().isEmpty()).toList();
    if (!keyless.isEmpty()) {
      ok(keyless.size() + " of them without primary key: " + labels(keyless));
    }
  }

  /**
   * Counters that the application keeps in a table: where what they count is synced and they are
   * not, the next number the application gives out may be one that is there already.
   */
  void counters() {
    for (Table table : database.catalog().all()) {
      if (UsualTables.isCounter(table.id().name()) && !set().contains(table.id())) {
        counted(table)
            .ifPresent(
                counted ->
                    warn(
                        names().describe(table).label()
                            + " looks like the last numbers given out for "
                            + counted.label()
                            + ", and is not synced with it",
                        "Add it to tables, or the application's next number may be one that is"
                            + " there already."));
      }
    }
  }

  /** Told by the name above all; by what it references last, for that may be whom it counts for. */
  private Optional<SyncTable> counted(Table counter) {
    String name = counter.id().name().toLowerCase(Locale.ROOT);
    String application = name.contains("_") ? name.substring(0, name.indexOf('_') + 1) : name;
    return Stream.<Predicate<SyncTable>>of(
            member -> name.startsWith(member.id().name().toLowerCase(Locale.ROOT)),
            member -> member.id().name().toLowerCase(Locale.ROOT).startsWith(application),
            member -> counter.foreignKeys().stream().anyMatch(k -> k.target().equals(member.id())))
        .flatMap(test -> set().tables().stream().filter(test))
        .findFirst();
  }

  /** Sequences behind what their column holds: the application's next insert would fail. */
  void sequences() {
    int behind = findings.size();
    for (SyncTable table : set().tables()) {
      for (Column column : table.table().columns()) {
        TableId sequence = column.sequence();
        if (sequence != null && table.table().privileges().contains(Privilege.SELECT)) {
          needed(table, column, sequence)
              .ifPresent(value -> behind(table, column, sequence, value));
        }
      }
    }
    if (findings.size() == behind) {
      ok("every sequence is ahead of its column");
    }
  }

  private Optional<Long> needed(SyncTable table, Column column, TableId sequence) {
    Database open = database.get();
    String sql = open.dialect().examination().sequenceBehind(table.table(), column, sequence);
    return open.with(
        "Looking at the sequence " + sequence,
        handle -> handle.createQuery(sql).mapTo(Long.class).findOne());
  }

  private void behind(SyncTable table, Column column, TableId sequence, long value) {
    warn(
        "the sequence %s is behind %s.%s: an insert of the application's would fail"
            .formatted(sequence, table.label(), column.name()),
        database.get().dialect().examination().moveSequence(sequence, value));
  }

  /** Triggers run for rows that a merge writes as they do for the application's. */
  void triggers() {
    List<SyncTable> tables =
        set().tables().stream().filter(t -> t.table().has(Trait.TRIGGERS)).toList();
    if (!tables.isEmpty()) {
      warn(
          "tables of the set have triggers: "
              + tables.stream().map(SyncTable::label).collect(Collectors.joining(", ")),
          "If one of them changes what a merge writes (an \"updated at\" for example), the merge"
              + " stops and writes nothing.");
    }
  }

  /** References by content type and number, which no foreign key guards. */
  void genericReferences() {
    TableId contentTypes = new TableId(database.catalog().defaultSchema(), "django_content_type");
    for (SyncTable table : set().tables()) {
      boolean byNumber =
          table.table().columns().stream().anyMatch(c -> c.name().matches("object_(id|pk)"));
      for (ForeignKey key : table.table().foreignKeys()) {
        if (byNumber && key.isSimple() && key.target().equals(contentTypes)) {
          List<String> strangers = new ArrayList<>(referredModels(table, key));
          Set<String> members = models();
          strangers.removeIf(members::contains);
          if (!strangers.isEmpty()) {
            warn(
                table.label()
                    + " refers by number to rows that are not synced: "
                    + String.join(", ", strangers),
                "On the other side that number may be another row, and no constraint notices. Add"
                    + " those tables to the set, or make sure that their numbers are the same.");
          }
        }
      }
    }
  }

  private List<String> referredModels(SyncTable table, ForeignKey key) {
    Database open = database.get();
    String sql =
        open.dialect()
            .examination()
            .referredTo(
                table.table(),
                key.columns().get(0),
                database.catalog().get(key.target()),
                key.targetColumns().get(0),
                List.of("app_label", "model"));
    return open.with(
        "Looking at what " + table.label() + " refers to",
        handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** The models of the set, also of tables whose label is their own name. */
  private Set<String> models() {
    Set<String> models = new HashSet<>();
    for (SyncTable table : set().tables()) {
      models.add(table.model());
      models.add(names().describe(table.table()).model());
    }
    return models;
  }

  /** Which of the two directions works is told by the rights. */
  void rightsToWrite() {
    List<SyncTable> readOnly =
        set().tables().stream()
            .filter(
                t ->
                    !t.table().privileges().containsAll(Set.of(Privilege.INSERT, Privilege.UPDATE)))
            .toList();
    if (!readOnly.isEmpty()) {
      warn(
          "%d of %d tables may only be read: %s"
              .formatted(
                  readOnly.size(),
                  set().tables().size(),
                  readOnly.stream().map(SyncTable::label).collect(Collectors.joining(", "))),
          "It can be the source of a sync, not its target; for that its role needs INSERT and"
              + " UPDATE.");
    }
  }

  private TableSet set() {
    return database.resolution().set();
  }

  private TableNames names() {
    return new TableNames(database.catalog());
  }

  private String labels(List<Table> tables) {
    String named =
        tables.stream()
            .limit(NAMED)
            .map(t -> names().describe(t).label())
            .collect(Collectors.joining(", "));
    return tables.size() > NAMED ? named + " and " + (tables.size() - NAMED) + " more" : named;
  }

  private void ok(String what) {
    findings.add(Finding.ok(environment.name() + ": " + what));
  }

  private void warn(String what, String hint) {
    findings.add(Finding.warning(environment.name() + ": " + what, hint));
  }
}
