package io.travaso.cli.command;

import io.travaso.NearestName;
import io.travaso.config.Direction;
import io.travaso.config.OnConflict;
import io.travaso.pipeline.DecisionsFile;
import io.travaso.pipeline.MergeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of what both sides changed. */
final class ConflictOptions {
  @Option(
      names = "--on-conflict",
      paramLabel = "[TABLE=]POLICY",
      descriptionKey = "option.on-conflict")
  List<String> onConflict = new ArrayList<>();

  @Option(names = "--newest-by", paramLabel = "COLUMN", descriptionKey = "option.newest-by")
  @Nullable String newestBy;

  @Option(names = "--whole-rows", descriptionKey = "option.whole-rows")
  boolean wholeRows;

  @Option(names = "--propagate-deletes", descriptionKey = "option.propagate-deletes")
  boolean propagateDeletes;

  /** What was given, by its names. */
  List<String> given() {
    List<String> given = new ArrayList<>();
    if (!onConflict.isEmpty()) {
      given.add("--on-conflict");
    }
    if (newestBy != null) {
      given.add("--newest-by");
    }
    if (wholeRows) {
      given.add("--whole-rows");
    }
    if (propagateDeletes) {
      given.add("--propagate-deletes");
    }
    return given;
  }

  void check(List<String> problems) {
    List<String> tables = new ArrayList<>();
    for (String one : onConflict) {
      String table = table(one);
      if (table.isBlank() && one.contains("=")) {
        problems.add("--on-conflict " + one + " names no table before the =");
      } else if (tables.contains(table)) {
        problems.add(
            table.isEmpty()
                ? "--on-conflict is said twice for all tables"
                : "--on-conflict is said twice for " + table);
      }
      tables.add(table);
      if (OnConflict.of(word(one)).isEmpty()) {
        problems.add(
            "--on-conflict "
                + one
                + ": "
                + NearestName.of(word(one), OnConflict.words())
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse("the policies are " + String.join(", ", OnConflict.words())));
      }
    }
    if (newestBy != null && newestBy.isBlank()) {
      problems.add("--newest-by names no column");
    }
  }

  private static String table(String one) {
    return one.substring(0, Math.max(0, one.lastIndexOf('='))).strip();
  }

  private static String word(String one) {
    return one.substring(one.lastIndexOf('=') + 1).strip();
  }

  /**
   * As the flows take it; without problems only.
   *
   * @param decisions the file of decisions; null where there is none
   */
  MergeOptions options(@Nullable Path decisions, Direction direction) {
    Map<String, OnConflict> policies = new HashMap<>();
    onConflict.forEach(one -> policies.put(table(one), OnConflict.of(word(one)).orElseThrow()));
    @Nullable OnConflict forAll = policies.remove("");
    return new MergeOptions(
        forAll,
        policies,
        newestBy,
        wholeRows,
        propagateDeletes,
        decisions == null ? List.of() : DecisionsFile.read(decisions, direction));
  }
}
