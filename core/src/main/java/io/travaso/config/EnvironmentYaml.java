package io.travaso.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the configuration that one environment's own host gets. */
final class EnvironmentYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private EnvironmentYaml() {}

  static String of(SyncConfig config, Environment environment) {
    ObjectNode root = YAML.createObjectNode();
    environment(root.putObject("environments").putObject(environment.name()), environment);
    if (config.mode() != null) {
      root.put("mode", config.mode().setting());
    }
    root.putObject("exports")
        .put("directory", inProject(config, config.exports().directory(), SyncConfig.EXPORTS))
        .put("keep", config.exports().keep());
    conflicts(root, config.conflicts());
    tables(root, config.tables());
    ArrayNode exclude = root.putArray("exclude");
    config.exclude().forEach(name -> exclude.add(name.toString()));
    ObjectNode references = root.putObject("references");
    config.references().values().forEach(rule -> rule(references, rule));
    if (!config.columns().isEmpty()) {
      ObjectNode columns = root.putObject("columns");
      config.columns().forEach((table, rules) -> rules(columns.putObject(table.toString()), rules));
    }
    ServiceYaml.services(root, config, environment);
    ServiceYaml.places(root, config);
    MaskYaml.masks(root, config.masks());
    if (!config.cloning().empty().isEmpty()) {
      ArrayNode empty = root.putObject("clone").putArray("empty");
      config.cloning().empty().forEach(name -> empty.add(name.toString()));
    }
    root.put("log", inProject(config, config.logFile(), SyncConfig.LOG));
    return header(environment) + text(root);
  }

  private static String header(Environment environment) {
    return """
    # The configuration of the environment %1$s on its own host, written by `sync deploy %1$s`.
    # Change the configuration it was written from and deploy again; a change made here is lost.
    """
        .formatted(environment.name());
  }

  private static String text(ObjectNode root) {
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing YAML into a string", e);
    }
  }

  /** Under the project's folder it is the same over there; elsewhere only this machine has it. */
  private static String inProject(SyncConfig config, Path path, String otherwise) {
    if (!path.startsWith(config.root()) || path.equals(config.root())) {
      return otherwise;
    }
    String relative = config.root().relativize(path).toString();
    return relative.startsWith("~") ? "./" + relative : relative;
  }

  private static void environment(ObjectNode node, Environment environment) {
    if (environment.isProtected()) {
      node.put("protected", true);
    }
    if (environment.home() != null) {
      node.put("home", environment.home());
    }
    DatabaseYaml.ofEnvironment(node.putObject("database"), environment.database());
    if (environment.readFrom() != null) {
      DatabaseYaml.ofEnvironment(node.putObject("read-from"), environment.readFrom());
    }
    reading(node, environment.reading());
    ServiceYaml.backups(node, environment.backups());
  }

  private static void reading(ObjectNode node, Reading reading) {
    if (!reading.equals(Reading.USUAL)) {
      ObjectNode how = node.putObject("reading");
      how.put("statement-timeout", reading.statementTimeout().toSeconds() + "s")
          .put("pace", reading.pace())
          .put("standby-wait", reading.standbyWait().toSeconds() + "s");
      if (reading.jobs() > 0) {
        how.put("jobs", reading.jobs());
      }
    }
  }

  private static void tables(ObjectNode root, List<TableEntry> entries) {
    ArrayNode tables = root.putArray("tables");
    for (TableEntry entry : entries) {
      boolean plain =
          entry.table() == null && entry.match().isEmpty() && entry.conflicts().isNone();
      if (plain) {
        tables.add(entry.name().toString());
        continue;
      }
      ObjectNode node = tables.addObject();
      if (!entry.name().equals(entry.table())) {
        node.put("model", entry.name().toString());
      }
      if (entry.table() != null) {
        node.put("table", entry.table().toString());
      }
      if (!entry.match().isEmpty()) {
        strings(node.putArray("match"), entry.match());
      }
      conflicts(node, entry.conflicts());
    }
  }

  private static void conflicts(ObjectNode node, ConflictSetting conflicts) {
    if (conflicts.onConflict() != null) {
      node.put(ConflictReader.ON_CONFLICT, conflicts.onConflict().word());
    }
    if (conflicts.newestBy() != null) {
      node.put(ConflictReader.NEWEST_BY, conflicts.newestBy());
    }
  }

  private static void rule(ObjectNode references, ReferenceRule rule) {
    ObjectNode node = references.putObject(rule.table().toString());
    strings(node.putArray("match"), rule.match());
    if (rule.missing() instanceof ReferenceRule.Use use) {
      node.put("missing", use.id());
    } else if (rule.missing() instanceof ReferenceRule.SetNull) {
      node.putNull("missing");
    }
  }

  private static void rules(ObjectNode table, Map<String, ColumnRule> rules) {
    rules.forEach(
        (column, rule) -> {
          if (rule instanceof ColumnRule.Rewrite rewrite) {
            ObjectNode prefixes = table.putObject(column).putObject("rewrite");
            rewrite.prefixes().forEach(prefixes::put);
          } else if (rule instanceof ColumnRule.KeepTarget keep && keep.otherwise() != null) {
            table.putObject(column).putObject("keep-target").put("default", keep.otherwise());
          } else {
            table.put(column, rule instanceof ColumnRule.Ignore ? "ignore" : "keep-target");
          }
        });
  }

  private static void strings(ArrayNode array, List<String> strings) {
    strings.forEach(array::add);
  }
}
