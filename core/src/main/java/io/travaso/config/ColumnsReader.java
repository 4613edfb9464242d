package io.travaso.config;

import io.travaso.NearestName;
import io.travaso.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what becomes of columns that belong to an environment. */
final class ColumnsReader {
  private static final String REWRITE = "rewrite";
  private static final String KEEP_TARGET = "keep-target";
  private static final String IGNORE = "ignore";
  private static final List<String> RULES = List.of(REWRITE, KEEP_TARGET, IGNORE);
  private static final String EXAMPLE =
      "keep-target, ignore, {keep-target: {default: X}} or {rewrite: {dev: /mnt/a, prod: /srv/a}}";

  private final Section root;
  private final Set<String> environments;

  /**
   * Reads.
   *
   * @param environments the names of those there are; of one alone the others are not known
   */
  ColumnsReader(Section root, Set<String> environments) {
    this.root = root;
    this.environments = environments;
  }

  /** The rules by table, as it was written, and by column or field. */
  Map<TableName, Map<String, ColumnRule>> read() {
    Map<TableName, Map<String, ColumnRule>> tables = new LinkedHashMap<>();
    Optional<Section> section = root.section("columns");
    for (String name : section.map(s -> List.copyOf(s.keys())).orElse(List.of())) {
      TableName table = name(section.orElseThrow(), name);
      section
          .flatMap(s -> s.section(name))
          .ifPresent(
              columns -> {
                if (table != null && tables.put(table, rules(columns)) != null) {
                  columns.problem("", "is named twice", "");
                }
              });
    }
    return tables;
  }

  private static @Nullable TableName name(Section section, String name) {
    try {
      return TableName.parse(name);
    } catch (SyncException e) {
      section.problem(name, e.what(), e.hint());
      return null;
    }
  }

  private Map<String, ColumnRule> rules(Section columns) {
    Map<String, ColumnRule> rules = new LinkedHashMap<>();
    for (String column : columns.keys()) {
      rule(columns, column).ifPresent(rule -> rules.put(column, rule));
    }
    return rules;
  }

  private Optional<ColumnRule> rule(Section columns, String column) {
    if (columns.node(column).orElse(null) instanceof YamlNode.Mapping) {
      return columns.section(column).flatMap(this::withParts);
    }
    String word = columns.text(column).orElse("");
    return switch (word) {
      case KEEP_TARGET -> Optional.of(new ColumnRule.KeepTarget(null));
      case IGNORE -> Optional.of(new ColumnRule.Ignore());
      case "" -> Optional.empty();
      default -> {
        columns.problem(
            column,
            "is no rule for a column",
            NearestName.of(word, RULES)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("for example " + EXAMPLE));
        yield Optional.empty();
      }
    };
  }

  private Optional<ColumnRule> withParts(Section rule) {
    Optional<ColumnRule> read = Optional.empty();
    if (rule.has(REWRITE)) {
      read = rule.section(REWRITE).map(this::rewrite);
    } else if (rule.has(KEEP_TARGET)) {
      Optional<Section> keep = rule.section(KEEP_TARGET);
      read = keep.map(ColumnsReader::keepTarget);
      keep.ifPresent(Section::refuseUnknownKeys);
    } else {
      rule.problem("", "is no rule for a column", "for example " + EXAMPLE);
    }
    rule.refuseUnknownKeys();
    return read;
  }

  /** An empty text is a value like another. */
  private static ColumnRule keepTarget(Section section) {
    if (section.node("default").orElse(null) instanceof YamlNode.Scalar scalar
        && !scalar.isNull()) {
      return new ColumnRule.KeepTarget(scalar.text());
    }
    section.problem(
        section.has("default") ? "default" : "",
        "says no value for new rows",
        "{default: X}, or just keep-target for the source's, or ignore for the column's default");
    return new ColumnRule.KeepTarget(null);
  }

  private ColumnRule rewrite(Section section) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (String environment : section.keys()) {
      section.text(environment).ifPresent(prefix -> prefixes.put(environment, prefix));
      if (environments.size() > 1 && !environments.contains(environment)) {
        section.problem(
            environment,
            "is no environment",
            NearestName.of(environment, environments)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("known are " + String.join(", ", environments)));
      }
    }
    if (section.keys().size() < 2) {
      section.problem("", "names less than two environments", "for example " + EXAMPLE);
    }
    return new ColumnRule.Rewrite(prefixes);
  }
}
