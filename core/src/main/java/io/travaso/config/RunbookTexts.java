package io.travaso.config;

import io.travaso.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of a runbook, in which a few variables in braces have a meaning. */
final class RunbookTexts {
  private static final List<String> VARIABLES = List.of("tag", "from", "service");

  /** A word in braces; after a dollar it belongs to a shell, in double braces to a template. */
  private static final Pattern VARIABLE = Pattern.compile("(?<![$\\{])\\{([A-Za-z_-]+)}(?!})");

  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(passw(or)?d|passphrase|pwd|secret|token)=[\"']?(?![\"'$\\s])\\S.*");

  private RunbookTexts() {}

  static Optional<String> text(Section section, String key) {
    Optional<String> text = section.text(key);
    text.ifPresent(it -> checkVariables(section, key, it));
    return text;
  }

  static List<String> texts(Section section, String key) {
    List<String> texts = section.texts(key);
    texts.forEach(it -> checkVariables(section, key, it));
    return texts;
  }

  /** A program and its arguments, {@code run}. Texts of several lines are scripts for a shell. */
  static List<String> argv(Section section) {
    if (!section.has("run")) {
      section.missing("run", "[php, occ, upgrade]");
      return List.of();
    }
    if (!(section.node("run").orElseThrow() instanceof YamlNode.Sequence list)
        || list.items().isEmpty()) {
      section.problem(
          "run",
          "is not a list of the program and its arguments",
          "for example [php, occ, upgrade]; for a shell [sh, -c, \"…\"]");
      return List.of();
    }
    List<String> argv = new ArrayList<>();
    for (YamlNode item : list.items()) {
      if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
        argv.add(scalar.text());
      } else {
        section.problem("run", "holds " + item.kind() + " among its arguments", "");
      }
    }
    for (String argument : argv) {
      checkVariables(section, "run", argument);
      if (PASSWORD.matcher(argument).find()) {
        section.problem(
            "run",
            "seems to hold a secret, which everybody would see in the list of processes",
            "put it into a file on the service's host and name that: env-file: PATH");
      }
    }
    return argv;
  }

  /** Texts by their keys. */
  static Map<String, String> map(Section section, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    section
        .section(key)
        .ifPresent(
            it -> {
              for (String name : it.keys()) {
                text(it, name).ifPresent(text -> texts.put(name, text));
              }
            });
    return texts;
  }

  /** A list of groups of keys. */
  static List<Section> sections(Section owner, String key) {
    Optional<YamlNode> node = owner.node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof YamlNode.Sequence list)) {
      owner.problem(key, "is " + node.get().kind() + ", not a list", "begin each entry with -");
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      String path = owner.path(key) + "[" + (i + 1) + "]";
      YamlNode item = list.items().get(i);
      if (item instanceof YamlNode.Mapping mapping) {
        sections.add(new Section(path, mapping, owner.problems()));
      } else {
        owner.problems().add(path, item.line(), "is " + item.kind() + ", not a group of keys", "");
      }
    }
    return sections;
  }

  private static void checkVariables(Section section, String key, String text) {
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String name = variable.group(1);
      if (!VARIABLES.contains(name)) {
        section.problem(
            key,
            "{" + name + "} is no variable",
            NearestName.of(name, VARIABLES)
                .map(nearest -> "did you mean {" + nearest + "}?")
                .orElse("there are {tag}, {from} and {service}"));
      }
    }
  }

  /** The same YAML with the variables in its texts replaced by their values. */
  static YamlNode filled(YamlNode node, Map<String, String> values) {
    if (node instanceof YamlNode.Mapping mapping) {
      Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
      mapping
          .fields()
          .forEach(
              (key, field) ->
                  fields.put(key, new YamlNode.Field(field.line(), filled(field.value(), values))));
      return new YamlNode.Mapping(fields, mapping.line());
    }
    if (node instanceof YamlNode.Sequence sequence) {
      return new YamlNode.Sequence(
          sequence.items().stream().map(item -> filled(item, values)).toList(), sequence.line());
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    String text =
        VARIABLE
            .matcher(scalar.text())
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    return new YamlNode.Scalar(text, scalar.isNull(), scalar.line());
  }
}
