package io.travaso.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the masks for an environment's own host. */
final class MaskYaml {
  private MaskYaml() {}

  static void masks(ObjectNode root, Masks masks) {
    DatabaseYaml.secret(root, "mask-key", masks.key());
    if (masks.strict()) {
      root.put("mask-policy", "strict");
    }
    if (!masks.rules().isEmpty()) {
      ObjectNode tables = root.putObject("mask");
      masks
          .rules()
          .forEach(
              (table, rules) -> {
                ObjectNode columns = tables.putObject(table.toString());
                rules.forEach((column, rule) -> rule(columns, column, rule));
              });
    }
  }

  private static void rule(ObjectNode columns, String column, MaskRule rule) {
    if (rule.kind().equals("null")) {
      columns.putNull(column);
    } else if (rule.argument() == null) {
      columns.put(column, rule.kind());
    } else {
      columns.putObject(column).put(rule.kind(), rule.argument());
    }
  }
}
