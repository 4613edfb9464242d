package io.travaso.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a file of decisions; everything that is wrong with it is thrown together. */
public final class DecisionsReader {
  /** The key that says whose value is taken. */
  public static final String TAKE = "take";

  private static final String SOURCE = "source";
  private static final String TARGET = "target";

  private final Direction direction;
  private final Problems problems;

  private DecisionsReader(Path file, Direction direction) {
    this.direction = direction;
    this.problems = new Problems("the decisions " + file, String.valueOf(file.getFileName()));
  }

  /**
   * Reads a file.
   *
   * @param direction which way the run goes that they are for
   */
  public static List<DecisionEntry> read(Path file, Direction direction) {
    return parse(ConfigFile.text("the decisions", file), file, direction);
  }

  /** Reads a text as if it stood in that file. */
  static List<DecisionEntry> parse(String text, Path file, Direction direction) {
    return new DecisionsReader(file, direction).read(text);
  }

  private List<DecisionEntry> read(String text) {
    YamlNode node = YamlTree.read(text, problems).orElse(null);
    if (!(node instanceof YamlNode.Mapping mapping)) {
      problems.add("", 0, "holds no decisions", "`sync resolve` writes a file to start from");
      throw problems.exception();
    }
    Section root = new Section("", mapping, problems);
    direction(root);
    List<DecisionEntry> entries = new ArrayList<>();
    Map<List<Optional<String>>, Integer> seen = new HashMap<>();
    if (!root.has("conflicts")) {
      root.missing("conflicts", "what `sync resolve " + direction.command() + "` writes");
    }
    for (Section section : root.sections("conflicts")) {
      DecisionEntry entry = entry(section);
      if (entry != null) {
        entries.add(entry);
        Integer earlier =
            seen.putIfAbsent(
                List.of(
                    Optional.of(entry.table()),
                    Optional.of(entry.key()),
                    Optional.ofNullable(entry.column())),
                entries.size());
        if (earlier != null) {
          section.problem("", "is decided twice", "see conflicts[" + earlier + "]");
        }
      }
    }
    root.refuseUnknownKeys();
    problems.throwIfAny();
    return entries;
  }

  private void direction(Section root) {
    String written = root.requiredText("direction", direction.command());
    if (!written.isEmpty() && !written.equals(direction.command())) {
      root.problem(
          "direction",
          "is another than that of this run, " + direction.command(),
          "what was decided for one direction says nothing of the other");
    }
  }

  /** What is only there to be read by people is known, and passed over. */
  private @Nullable DecisionEntry entry(Section section) {
    for (String told : List.of("kind", direction.source(), direction.target())) {
      section.has(told);
    }
    Optional<String> table = value(section, "table");
    Optional<String> key = value(section, "key");
    Optional<String> seen = value(section, "seen");
    @Nullable String column = section.has("column") ? value(section, "column").orElse("") : null;
    Optional<Boolean> takesSource = take(section);
    section.refuseUnknownKeys();
    if (table.isEmpty() || key.isEmpty() || seen.isEmpty() || takesSource.isEmpty()) {
      return null;
    }
    return new DecisionEntry(table.get(), key.get(), column, takesSource.get(), seen.get());
  }

  /** A value as it stands: a key may hold anything. */
  private static Optional<String> value(Section section, String key) {
    YamlNode node = section.node(key).orElse(null);
    if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar.text());
    }
    section.problem(key, "is missing", "leave what `sync resolve` wrote as it is, but for " + TAKE);
    return Optional.empty();
  }

  private Optional<Boolean> take(Section section) {
    String words = direction.source() + " or " + direction.target();
    YamlNode node = section.node(TAKE).orElse(null);
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNull() || scalar.text().isBlank()) {
      section.problem(TAKE, "is not filled in", words);
      return Optional.empty();
    }
    String word = scalar.text().strip();
    if (word.equals(SOURCE) || word.equals(direction.source())) {
      return Optional.of(true);
    }
    if (word.equals(TARGET) || word.equals(direction.target())) {
      return Optional.of(false);
    }
    section.problem(
        TAKE,
        "is none of the two sides",
        Section.hint(word, List.of(direction.source(), direction.target(), SOURCE, TARGET)));
    return Optional.empty();
  }
}
