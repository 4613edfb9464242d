package io.travaso.site;

import io.travaso.config.SyncConfig;
import io.travaso.config.TableName;
import io.travaso.table.Catalog;
import io.travaso.table.ColumnRule;
import io.travaso.table.ColumnRules;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Reference;
import io.travaso.table.ReferenceRule;
import io.travaso.table.TableRequest;
import io.travaso.table.TableSetResolver;
import io.travaso.table.TableSetResolver.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table set as the configuration asks for it and the catalog has it. */
final class ConfiguredSet {
  private ConfiguredSet() {}

  static Resolution resolve(SyncConfig config, Catalog catalog) {
    return TableSetResolver.resolve(
        catalog,
        config.tables().stream()
            .map(t -> new TableRequest(name(t.name()), optional(t.table()), t.match()))
            .toList(),
        config.exclude().stream().map(ConfiguredSet::name).toList(),
        config.references().values().stream()
            .map(r -> new ReferenceRule(name(r.table()), r.match(), missing(r.missing())))
            .toList(),
        config.columns().entrySet().stream()
            .map(table -> new ColumnRules(name(table.getKey()), rules(table.getValue())))
            .toList());
  }

  static NameAsWritten name(TableName name) {
    return new NameAsWritten(name.qualifier(), name.name());
  }

  private static @Nullable NameAsWritten optional(@Nullable TableName name) {
    return name == null ? null : name(name);
  }

  private static Map<String, ColumnRule> rules(Map<String, io.travaso.config.ColumnRule> rules) {
    Map<String, ColumnRule> known = new LinkedHashMap<>();
    rules.forEach((column, rule) -> known.put(column, rule(rule)));
    return known;
  }

  private static ColumnRule rule(io.travaso.config.ColumnRule rule) {
    if (rule instanceof io.travaso.config.ColumnRule.Rewrite rewrite) {
      return new ColumnRule.Rewrite(rewrite.prefixes());
    }
    return rule instanceof io.travaso.config.ColumnRule.KeepTarget keep
        ? new ColumnRule.KeepTarget(keep.otherwise())
        : new ColumnRule.Ignore();
  }

  private static Reference.Missing missing(io.travaso.config.ReferenceRule.Missing missing) {
    if (missing instanceof io.travaso.config.ReferenceRule.Use use) {
      return new Reference.Use(use.id());
    }
    return missing instanceof io.travaso.config.ReferenceRule.SetNull
        ? new Reference.SetNull()
        : new Reference.Refuse();
  }
}
