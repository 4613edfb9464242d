package io.travaso.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The tables a command is limited to. */
final class TablesOption {
  @Option(
      names = {"--models", "--tables"},
      split = ",",
      paramLabel = "NAME",
      descriptionKey = "option.models")
  List<String> names = new ArrayList<>();

  /** The names; empty for all tables. */
  List<String> names() {
    return names.stream().map(String::strip).toList();
  }

  void check(List<String> problems) {
    if (names.stream().anyMatch(String::isBlank)) {
      problems.add("--models has an empty name");
    }
  }
}
