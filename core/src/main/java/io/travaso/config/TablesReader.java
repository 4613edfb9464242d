package io.travaso.config;

import io.travaso.NearestName;
import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which tables take part, which are left out, and how references leave the set. */
final class TablesReader {
  private static final List<String> MISSING = List.of("refuse", "null");

  private final Section root;
  private final Problems problems;
  private final ConflictSetting conflicts;

  /** Where every table of the set was named: its name as the key, the line as the value. */
  private final Map<TableName, Integer> included = new HashMap<>();

  /**
   * Reads.
   *
   * @param conflicts what is said of conflicts for all tables
   */
  TablesReader(Section root, ConflictSetting conflicts) {
    this.root = root;
    this.problems = root.problems();
    this.conflicts = conflicts;
  }

  /** The tables that take part; read first, for the other two are checked against them. */
  List<TableEntry> tables() {
    List<TableEntry> entries = new ArrayList<>();
    Optional<YamlNode> node = root.node("tables");
    if (node.orElse(null) instanceof YamlNode.Sequence list) {
      entries.addAll(group("", "tables", list));
    } else if (node.orElse(null) instanceof YamlNode.Mapping groups) {
      groups
          .fields()
          .forEach(
              (name, field) -> {
                String path = "tables." + name;
                if (field.value() instanceof YamlNode.Sequence list) {
                  entries.addAll(group(name, path, list));
                } else {
                  String kind = field.value().kind();
                  problems.add(path, field.line(), "is " + kind + ", not a list of tables", "");
                }
              });
    } else if (node.isPresent()) {
      root.problem("tables", "is " + node.get().kind() + ", not a list of tables", "");
      return entries;
    }
    boolean nothingNamed = node.isEmpty() || (entries.isEmpty() && included.isEmpty());
    if (nothingNamed) {
      root.problem("tables", "names no table", "for example tables: [app.Model, schema.table]");
    }
    return entries;
  }

  private List<TableEntry> group(String group, String path, YamlNode.Sequence list) {
    List<TableEntry> entries = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      YamlNode item = list.items().get(i);
      TableEntry entry = entry(group, path + "[" + (i + 1) + "]", item);
      if (entry != null) {
        include(path, item.line(), entry);
        entries.add(entry);
      }
    }
    return entries;
  }

  private @Nullable TableEntry entry(String group, String path, YamlNode item) {
    if (!(item instanceof YamlNode.Mapping mapping)) {
      TableName name = name(path, item);
      return name == null ? null : new TableEntry(group, name, null, List.of());
    }
    Section section = new Section(path, mapping, problems);
    TableName model = name(section, "model");
    TableName table = name(section, "table");
    List<String> match = section.has("match") ? section.columns("match") : List.of();
    ConflictSetting own = ConflictReader.read(section, conflicts);
    section.refuseUnknownKeys();
    if (!section.has("model") && !section.has("table")) {
      section.problem("", "names neither a model nor a table", "for example {model: app.Model}");
    }
    TableName name = model == null ? table : model;
    return name == null ? null : new TableEntry(group, name, table, match, own);
  }

  private void include(String path, int line, TableEntry entry) {
    List<TableName> names = new ArrayList<>(List.of(entry.name()));
    if (entry.table() != null && !entry.table().equals(entry.name())) {
      names.add(entry.table());
    }
    for (TableName name : names) {
      Integer earlier = included.putIfAbsent(name, line);
      if (earlier != null) {
        problems.add(path, line, name + " is named twice", "the other one is in line " + earlier);
      }
    }
  }

  /** The tables that are left out. */
  List<TableName> exclude() {
    Optional<YamlNode> node = root.node("exclude");
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof YamlNode.Sequence list)) {
      root.problem("exclude", "is " + node.get().kind() + ", not a list of tables", "");
      return List.of();
    }
    List<TableName> names = new ArrayList<>();
    for (YamlNode item : list.items()) {
      TableName name = name("exclude", item);
      if (name == null) {
        continue;
      }
      if (names.contains(name)) {
        problems.add("exclude", item.line(), name + " is named twice", "");
      }
      if (included.containsKey(name)) {
        problems.add(
            "exclude",
            item.line(),
            name + " is in tables too, line " + included.get(name),
            "remove it from one of the two");
      }
      names.add(name);
    }
    return names;
  }

  /** How rows of excluded tables are recognised, by the table as it was written. */
  Map<TableName, ReferenceRule> references() {
    Map<TableName, ReferenceRule> rules = new LinkedHashMap<>();
    Optional<Section> references = root.section("references");
    if (references.isEmpty()) {
      return rules;
    }
    for (String key : references.get().keys()) {
      Section section = references.get().section(key).orElse(null);
      TableName table =
          parsed(key, (what, hint) -> references.get().problem(key, what, hint)).orElse(null);
      if (section == null || table == null) {
        continue;
      }
      if (included.containsKey(table)) {
        section.problem(
            "",
            "is in tables too, line " + included.get(table),
            "references are for tables that are left out");
      }
      if (rules.put(table, rule(table, section)) != null) {
        section.problem("", "is named twice", "");
      }
    }
    return rules;
  }

  private static ReferenceRule rule(TableName table, Section section) {
    if (!section.has("match")) {
      section.missing("match", "[username]: the columns that say which row it is");
    }
    List<String> match = section.columns("match");
    ReferenceRule.Missing missing = missing(section);
    section.refuseUnknownKeys();
    return new ReferenceRule(table, match, missing);
  }

  private static ReferenceRule.Missing missing(Section section) {
    boolean isNull =
        section.node("missing").orElse(null) instanceof YamlNode.Scalar scalar
            && (scalar.text().equals("null") || scalar.text().equals("~"));
    if (isNull) {
      return new ReferenceRule.SetNull();
    }
    String word = section.text("missing").orElse("refuse");
    if (word.equals("refuse")) {
      return new ReferenceRule.Refuse();
    }
    Optional<String> meant =
        word.matches("[A-Za-z]+") ? NearestName.of(word, MISSING) : Optional.empty();
    if (meant.isPresent()) {
      section.problem(
          "missing",
          "is neither refuse nor null nor an id",
          "did you mean \"" + meant.get() + "\"?");
    }
    return new ReferenceRule.Use(word);
  }

  private static @Nullable TableName name(Section section, String key) {
    return section
        .text(key)
        .flatMap(text -> parsed(text, (what, hint) -> section.problem(key, what, hint)))
        .orElse(null);
  }

  private @Nullable TableName name(String path, YamlNode item) {
    Complaint complaint = (what, hint) -> problems.add(path, item.line(), what, hint);
    if (item instanceof YamlNode.Scalar scalar && scalar.isNull()) {
      complaint.add("names no table", "a table that is called null goes into quotes");
      return null;
    }
    return Section.text(item, complaint::add).flatMap(text -> parsed(text, complaint)).orElse(null);
  }

  private static Optional<TableName> parsed(String text, Complaint complaint) {
    try {
      return Optional.of(TableName.parse(text));
    } catch (SyncException e) {
      complaint.add(e.what(), e.hint());
      return Optional.empty();
    }
  }

  /** Takes what is wrong and a hint. */
  private interface Complaint {
    void add(String what, String hint);
  }
}
