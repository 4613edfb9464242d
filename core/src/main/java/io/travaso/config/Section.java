package io.travaso.config;

import io.travaso.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A group of keys being read. Every reading method remembers its key as a known one, adds what is
 * wrong to the problems, and then goes on with a stand-in, so that one run finds everything.
 */
final class Section {
  private static final Set<String> YES = Set.of("true", "yes", "on");
  private static final Set<String> NO = Set.of("false", "no", "off");

  private final String path;
  private final YamlNode.Mapping mapping;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, YamlNode.Mapping mapping, Problems problems) {
    this.path = path;
    this.mapping = mapping;
    this.problems = problems;
  }

  /** The path of a key, or with an empty key that of the section itself. */
  String path(String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  Problems problems() {
    return problems;
  }

  /** The keys that were written. */
  Set<String> keys() {
    return mapping.fields().keySet();
  }

  boolean has(String key) {
    known.add(key);
    return mapping.fields().containsKey(key);
  }

  /** The value of a key that was written, whatever it is. */
  Optional<YamlNode> node(String key) {
    known.add(key);
    return Optional.ofNullable(mapping.fields().get(key)).map(YamlNode.Field::value);
  }

  /** A problem with a key, at its line; at the section's where the key was not written. */
  void problem(String key, String what, String hint) {
    YamlNode.Field field = mapping.fields().get(key);
    problems.add(path(key), field == null ? mapping.line() : field.line(), what, hint);
  }

  void missing(String key, String example) {
    problem(key, "is missing", "for example " + example);
  }

  Optional<String> text(String key) {
    return node(key).flatMap(node -> text(node, (what, hint) -> problem(key, what, hint)));
  }

  /** The text of a required key; empty text when there is a problem with it. */
  String requiredText(String key, String example) {
    if (!has(key)) {
      missing(key, example);
    }
    return text(key).orElse("");
  }

  /** A node's text. What it holds is not quoted in messages: it may be a misplaced secret. */
  static Optional<String> text(YamlNode node, BiConsumer<String, String> problem) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      problem.accept("is " + node.kind() + ", not one value", "");
    } else if (scalar.isNull() || scalar.text().isBlank()) {
      problem.accept("has no value", "give it one or remove it");
    } else if (scalar.text().chars().anyMatch(Character::isISOControl)) {
      problem.accept("holds a control character", "");
    } else {
      return Optional.of(scalar.text());
    }
    return Optional.empty();
  }

  /** A whole number. Leading zeros are refused: YAML would have read an octal number. */
  int number(String key, int otherwise, int least, int most) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().matches("0|[1-9][0-9]{0,8}")) {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    String hint = text.get().matches("0[0-9]+") ? "write it without leading zeros" : "";
    problem(key, "is not a whole number from " + least + " to " + most, hint);
    return otherwise;
  }

  /** True or false, in the words that YAML 1.1 has for them. */
  boolean flag(String key, boolean otherwise) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    String word = text.get().toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      problem(key, "is neither true nor false", "");
      return otherwise;
    }
    return YES.contains(word);
  }

  /** The section under a key. */
  Optional<Section> section(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof YamlNode.Mapping below) {
      return Optional.of(new Section(path(key), below, problems));
    }
    problem(key, "is " + node.get().kind() + ", not a group of keys", "");
    return Optional.empty();
  }

  /** A list of groups of keys; a single one may be written without the list. */
  List<Section> sections(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<YamlNode> items =
        node.get() instanceof YamlNode.Sequence list ? list.items() : List.of(node.get());
    List<Section> sections = new ArrayList<>();
    for (YamlNode item : items) {
      String itsPath = path(key) + "[" + (sections.size() + 1) + "]";
      if (item instanceof YamlNode.Mapping below) {
        sections.add(new Section(itsPath, below, problems));
      } else {
        problems.add(path(key), item.line(), "is " + item.kind() + ", not a group of keys", "");
      }
    }
    return sections;
  }

  /** A list of texts; a single one may be written without the list. */
  List<String> texts(String key) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<YamlNode> items =
        node.get() instanceof YamlNode.Sequence list ? list.items() : List.of(node.get());
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items) {
      text(item, (what, hint) -> problems.add(path(key), item.line(), what, hint))
          .ifPresent(texts::add);
    }
    return List.copyOf(texts);
  }

  /** Names of columns, each once. */
  List<String> columns(String key) {
    List<String> columns = texts(key);
    if (has(key) && columns.isEmpty()) {
      problem(key, "names no column", "for example " + key + ": [username]");
    }
    if (Set.copyOf(columns).size() < columns.size()) {
      problem(key, "names a column twice", "");
    }
    return columns;
  }

  /** Every key that no reading method asked for is a problem. */
  void refuseUnknownKeys() {
    mapping
        .fields()
        .forEach(
            (key, field) -> {
              if (!known.contains(key)) {
                problems.add(path(key), field.line(), "unknown key", hint(key));
              }
            });
  }

  private String hint(String key) {
    return hint(key, known);
  }

  /** What somebody who wrote this may have meant. */
  static String hint(String written, Collection<String> known) {
    return NearestName.of(written, known)
        .map(nearest -> "did you mean \"" + nearest + "\"?")
        .orElse("known are " + String.join(", ", known));
  }
}
