package io.travaso.config;

import io.travaso.NearestName;
import io.travaso.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code mask}, {@code mask-key} and {@code mask-policy}. */
final class MasksReader {
  private static final String MASK = "mask";
  private static final String KEY = "mask-key";
  private static final String POLICY = "mask-policy";
  private static final String HASH = "hash";
  private static final String FIXED = "fixed";
  private static final String DATE = "date";
  private static final String NULL = "null";

  /** Kinds whose masks depend on the key. */
  static final Set<String> KEYED = Set.of("email", "phone", "digits", "format", "name", HASH);

  /** All kinds. */
  static final List<String> KINDS =
      List.of(
          "email", "phone", "digits", "format", "name", HASH, "redact", FIXED, NULL, DATE, "keep");

  private static final String EXAMPLE =
      "email, phone, digits, format, name, hash, redact, null, keep, {fixed: TEXT} or {date: year}";

  private final Section root;
  private final Map<String, Environment> environments;

  MasksReader(Section section, Map<String, Environment> environments) {
    this.root = section;
    this.environments = environments;
  }

  Masks read() {
    boolean strict = strict();
    SecretReference key = SecretReader.read(root, KEY);
    Map<TableName, Map<String, MaskRule>> tables = new LinkedHashMap<>();
    Optional<Section> section = root.section(MASK);
    for (String name : section.map(s -> List.copyOf(s.keys())).orElse(List.of())) {
      TableName table = name(section.orElseThrow(), name);
      section
          .flatMap(s -> s.section(name))
          .ifPresent(
              columns -> {
                Map<String, MaskRule> rules = rules(columns);
                if (table != null && tables.put(table, rules) != null) {
                  columns.problem("", "is named twice", "");
                }
              });
    }
    Masks masks = new Masks(key, strict, tables);
    requireKey(masks);
    requireProtected(masks);
    return masks;
  }

  private boolean strict() {
    String policy = root.text(POLICY).orElse("lenient");
    if (!List.of("strict", "lenient").contains(policy)) {
      root.problem(
          POLICY,
          "is neither strict nor lenient",
          "strict stops an export with a text column that nobody classified");
    }
    return policy.equals("strict");
  }

  private void requireKey(Masks masks) {
    boolean keyed =
        masks.rules().values().stream()
            .flatMap(t -> t.values().stream())
            .anyMatch(rule -> KEYED.contains(rule.kind()));
    if (keyed && !root.has(KEY)) {
      root.problem(
          MASK,
          "needs a " + KEY + ", which makes the masks",
          KEY + ": {env: TRAVASO_MASK_KEY}, for example with what `openssl rand -hex 32` prints");
    }
  }

  /** Of one environment alone the others are not known. */
  private void requireProtected(Masks masks) {
    boolean asked = masks.strict() || !masks.rules().isEmpty();
    boolean known =
        environments.size() < 2
            || environments.values().stream().anyMatch(Environment::isProtected);
    if (asked && !known) {
      root.problem(
          root.has(MASK) ? MASK : POLICY,
          "concerns what leaves a protected environment, and none is",
          "say protected: true of the one whose data are real");
    }
  }

  private static @Nullable TableName name(Section section, String name) {
    try {
      return TableName.parse(name);
    } catch (SyncException e) {
      section.problem(name, e.what(), e.hint());
      return null;
    }
  }

  private static Map<String, MaskRule> rules(Section columns) {
    Map<String, MaskRule> rules = new LinkedHashMap<>();
    for (String column : columns.keys()) {
      rule(columns, column).ifPresent(rule -> rules.put(column, rule));
    }
    return rules;
  }

  private static Optional<MaskRule> rule(Section columns, String column) {
    YamlNode node = columns.node(column).orElse(null);
    if (node instanceof YamlNode.Mapping) {
      return columns.section(column).flatMap(MasksReader::withArgument);
    }
    boolean isNull =
        node instanceof YamlNode.Scalar scalar && scalar.isNull() && !scalar.text().isEmpty();
    String kind = isNull ? NULL : columns.text(column).orElse("");
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    if (kind.equals(FIXED) || !KINDS.contains(kind)) {
      columns.problem(column, "is no kind of mask", hint(kind));
      return Optional.empty();
    }
    return Optional.of(new MaskRule(kind, kind.equals(DATE) ? "year" : null));
  }

  private static String hint(String kind) {
    return kind.equals(FIXED)
        ? "say which text: {fixed: TEXT}"
        : NearestName.of(kind, KINDS)
            .map(nearest -> "did you mean \"" + nearest + "\"?")
            .orElse("for example " + EXAMPLE);
  }

  private static Optional<MaskRule> withArgument(Section rule) {
    Optional<MaskRule> read = Optional.empty();
    if (rule.has(FIXED)) {
      read = fixed(rule);
    } else if (rule.has(HASH)) {
      read = one(rule, HASH, "keyed").map(keyed -> new MaskRule(HASH, null));
    } else if (rule.has(DATE)) {
      read = one(rule, DATE, "year").map(year -> new MaskRule(DATE, year));
    } else {
      rule.problem("", "is no kind of mask", "for example " + EXAMPLE);
      return read;
    }
    rule.refuseUnknownKeys();
    return read;
  }

  private static Optional<String> one(Section rule, String key, String known) {
    Optional<String> word = rule.text(key);
    if (word.isPresent() && !word.get().equals(known)) {
      rule.problem(key, "is not " + known, "write {" + key + ": " + known + "}");
    }
    return word.map(any -> known);
  }

  /** An empty text is a text like another. */
  private static Optional<MaskRule> fixed(Section rule) {
    if (rule.node(FIXED).orElse(null) instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
      return Optional.of(new MaskRule(FIXED, scalar.text()));
    }
    rule.problem(FIXED, "is no text", "{fixed: TEXT}, or just null for no value");
    return Optional.empty();
  }
}
