package io.travaso.config;

import java.util.List;
import java.util.Map;

/** YAML as it was written: every scalar is its text, so that {@code no} stays a table's name. */
sealed interface YamlNode {

  /** Where it begins, from 1. */
  int line();

  /** What it is, for messages. */
  String kind();

  /**
   * One value.
   *
   * @param isNull written as nothing, {@code ~} or {@code null}, without quotes
   */
  record Scalar(String text, boolean isNull, int line) implements YamlNode {
    @Override
    public String kind() {
      return isNull ? "nothing" : "a value";
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, in the order they were written. */
  record Mapping(Map<String, Field> fields, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a group of keys";
    }
  }

  /**
   * What stands behind a key.
   *
   * @param line of the key
   */
  record Field(int line, YamlNode value) {}
}
