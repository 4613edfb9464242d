package io.travaso.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The digest of the part of the configuration that both sides must agree on. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(SyncConfig config) {
    List<String> tables = sorted(config.tables().stream().map(Fingerprint::entry));
    List<String> exclude = sorted(config.exclude().stream().map(Fingerprint::name));
    List<String> references = sorted(config.references().values().stream().map(Fingerprint::rule));
    List<String> columns =
        sorted(
            config.columns().entrySet().stream()
                .map(table -> joined(List.of(name(table.getKey()), rules(table.getValue())))));
    List<String> parts =
        new ArrayList<>(
            List.of(
                "travaso-config-1",
                joined(tables),
                joined(exclude),
                joined(references),
                joined(columns)));
    if (config.masks().strict() || !config.masks().rules().isEmpty()) {
      parts.add(masks(config.masks()));
    }
    if (saysSomethingOfConflicts(config)) {
      parts.add(conflicts(config));
    }
    return sha256(joined(parts));
  }

  private static boolean saysSomethingOfConflicts(SyncConfig config) {
    return !config.conflicts().isNone()
        || config.tables().stream().anyMatch(entry -> !entry.conflicts().isNone());
  }

  private static String conflicts(SyncConfig config) {
    List<String> tables =
        sorted(
            config.tables().stream()
                .filter(entry -> !entry.conflicts().isNone())
                .map(
                    entry ->
                        joined(
                            List.of(
                                name(entry.name()),
                                name(entry.table()),
                                conflicts(entry.conflicts())))));
    return joined(List.of("conflicts", conflicts(config.conflicts()), joined(tables)));
  }

  private static String conflicts(ConflictSetting setting) {
    OnConflict onConflict = setting.onConflict();
    String newestBy = setting.newestBy();
    return joined(
        List.of(onConflict == null ? "" : onConflict.word(), newestBy == null ? "" : newestBy));
  }

  /** Both sides leave the same columns out; which key masks them is the source's business. */
  private static String masks(Masks masks) {
    List<String> tables =
        sorted(
            masks.rules().entrySet().stream()
                .map(
                    table ->
                        joined(
                            List.of(
                                name(table.getKey()),
                                joined(
                                    sorted(
                                        table.getValue().entrySet().stream()
                                            .map(e -> mask(e.getKey(), e.getValue()))))))));
    return joined(List.of(masks.strict() ? "strict" : "lenient", joined(tables)));
  }

  private static String mask(String column, MaskRule rule) {
    String argument = rule.argument();
    return joined(
        argument == null ? List.of(column, rule.kind()) : List.of(column, rule.kind(), argument));
  }

  private static String entry(TableEntry entry) {
    return joined(List.of(name(entry.name()), name(entry.table()), columns(entry.match())));
  }

  private static String rule(ReferenceRule rule) {
    return joined(List.of(name(rule.table()), columns(rule.match()), missing(rule.missing())));
  }

  private static String rules(Map<String, ColumnRule> rules) {
    return joined(
        sorted(
            rules.entrySet().stream().map(e -> joined(List.of(e.getKey(), rule(e.getValue()))))));
  }

  private static String rule(ColumnRule rule) {
    if (rule instanceof ColumnRule.Rewrite rewrite) {
      return "rewrite "
          + joined(
              sorted(
                  rewrite.prefixes().entrySet().stream()
                      .map(e -> joined(List.of(e.getKey(), e.getValue())))));
    }
    if (rule instanceof ColumnRule.KeepTarget keep) {
      return keep.otherwise() == null ? "keep-target" : "keep-target or " + keep.otherwise();
    }
    return "ignore";
  }

  private static String missing(ReferenceRule.Missing missing) {
    if (missing instanceof ReferenceRule.Use use) {
      return "use " + use.id();
    }
    return missing instanceof ReferenceRule.SetNull ? "null" : "refuse";
  }

  private static String name(@Nullable TableName name) {
    if (name == null) {
      return "";
    }
    String qualifier = name.qualifier();
    return joined(qualifier == null ? List.of(name.name()) : List.of(qualifier, name.name()));
  }

  private static String columns(List<String> columns) {
    return joined(sorted(columns.stream()));
  }

  private static List<String> sorted(Stream<String> parts) {
    return parts.sorted().toList();
  }

  /** Each part with its length before it: no two lists of parts join to the same text. */
  private static String joined(List<String> parts) {
    StringBuilder joined = new StringBuilder();
    parts.forEach(part -> joined.append(part.length()).append(':').append(part));
    return joined.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
