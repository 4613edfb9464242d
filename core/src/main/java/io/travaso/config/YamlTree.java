package io.travaso.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads YAML into nodes that know their lines. Anchors and merge keys are resolved, duplicate keys,
 * tags and further documents are problems. What YAML 1.1 makes of {@code no} or {@code 0777} is
 * left aside: the text is what counts.
 *
 * <p>Messages never quote the file, which may hold a password where none belongs.
 */
final class YamlTree {
  private static final String MERGE = "<<";
  private static final Pattern PLACE = Pattern.compile("(?m)^ in .*, line ([0-9]{1,7}), column");

  private final YAMLParser parser;
  private final Problems problems;
  private final Map<String, YamlNode> anchors = new HashMap<>();

  private YamlTree(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The file's root; what cannot be read at all is thrown with the problems found so far. */
  static Optional<YamlNode> read(String text, Problems problems) {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      return new YamlTree(parser, problems).document();
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      problems.add("", brokenLine(e), "is not YAML: " + withoutQuotations(message), "");
    } catch (IOException e) {
      throw new IllegalStateException("reading from a string", e);
    }
    throw problems.exception();
  }

  /**
   * SnakeYAML names where the broken part begins, then where it noticed; Jackson's own location is
   * that of the last thing it could read.
   */
  private static int brokenLine(JsonProcessingException e) {
    Matcher place = PLACE.matcher(e.getOriginalMessage());
    if (place.find()) {
      return Integer.parseInt(place.group(1));
    }
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  /** SnakeYAML indents its snippets of the file and the places: only its own words remain. */
  private static String withoutQuotations(String message) {
    if (message.startsWith("Expected a field name")) {
      return "a key must be plain text";
    }
    return message
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" ") && !line.startsWith("in "))
        .collect(Collectors.joining(", "));
  }

  private Optional<YamlNode> document() throws IOException {
    if (parser.nextToken() == null) {
      return Optional.empty();
    }
    YamlNode root = node("");
    if (parser.nextToken() != null) {
      problems.add("", line(), "has more than one document", "remove the line ---");
    }
    return Optional.of(root);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private YamlNode node(String path) throws IOException {
    int line = line();
    if (parser.isCurrentAlias()) {
      YamlNode known = anchors.get(parser.getText());
      if (known != null) {
        return known;
      }
      problems.add(
          path,
          line,
          "an alias without an anchor before it",
          "a value that begins with * goes into quotes");
      return new YamlNode.Scalar("", true, line);
    }
    String anchor = parser.getObjectId();
    if (parser.getTypeId() != null) {
      problems.add(
          path, line, "tags have no meaning here", "a value that begins with ! goes into quotes");
    }
    JsonToken token = parser.currentToken();
    YamlNode node =
        switch (token) {
          case START_OBJECT -> mapping(path, line);
          case START_ARRAY -> sequence(path, line);
          default -> new YamlNode.Scalar(parser.getText(), token == JsonToken.VALUE_NULL, line);
        };
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private YamlNode sequence(String path, int line) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path));
    }
    return new YamlNode.Sequence(items, line);
  }

  private YamlNode mapping(String path, int line) throws IOException {
    Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
    List<YamlNode> merged = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      parser.nextToken();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      YamlNode value = node(keyPath);
      if (key.equals(MERGE)) {
        merged.add(value);
        continue;
      }
      YamlNode.Field earlier = fields.putIfAbsent(key, new YamlNode.Field(keyLine, value));
      if (earlier != null) {
        problems.add(
            keyPath, keyLine, "the same key as in line " + earlier.line(), "keep one of the two");
      }
    }
    merged.forEach(value -> merge(value, fields));
    return new YamlNode.Mapping(fields, line);
  }

  /** What stands in the mapping itself goes before what is merged into it. */
  private void merge(YamlNode value, Map<String, YamlNode.Field> fields) {
    if (value instanceof YamlNode.Mapping mapping) {
      mapping.fields().forEach(fields::putIfAbsent);
    } else if (value instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(item -> merge(item, fields));
    } else {
      problems.add("", value.line(), "<< takes a group of keys", "");
    }
  }
}
