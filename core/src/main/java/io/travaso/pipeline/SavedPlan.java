package io.travaso.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.SyncException;
import io.travaso.config.Direction;
import io.travaso.file.PartFile;
import io.travaso.merge.TablePlan;
import io.travaso.site.Exported;
import io.travaso.site.FixtureCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A plan that is kept, to be applied as it stands or not at all. Beside it lies the fixture it was
 * made for.
 *
 * @param format the version of this file
 * @param savedAt when, in UTC
 * @param command the direction: {@code dev-to-prod}
 * @param tables the names of the tables it was limited to; empty for the whole set
 * @param agreed by table, the run that both sides agreed on last
 * @param plan what would be written, in counts and digests
 * @param fixture the fixture's file name, in this file's folder
 * @param exported the fixture as the source's host has it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SavedPlan(
    int format,
    String savedAt,
    String command,
    List<String> tables,
    boolean fullReplace,
    boolean againstMaster,
    boolean allowDrift,
    boolean acceptNonTransactional,
    MergeOptions merge,
    Map<String, String> agreed,
    List<TablePlan> plan,
    String fixture,
    Exported exported) {
  private static final int FORMAT = 1;
  private static final int PRIVATE = 0600;
  private static final String ENDING = ".json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public SavedPlan {
    // What was read may lack anything.
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(merge, "merge");
    Objects.requireNonNull(fixture, "fixture");
    Objects.requireNonNull(exported, "exported");
    tables = List.copyOf(tables);
    agreed = Map.copyOf(agreed);
    plan = List.copyOf(plan);
  }

  /** A plan to be saved. */
  static SavedPlan of(
      SyncOptions options,
      String savedAt,
      Map<String, String> agreed,
      List<TablePlan> plan,
      Path fixture,
      Exported exported) {
    return new SavedPlan(
        FORMAT,
        savedAt,
        options.command(),
        options.tables(),
        options.fullReplace(),
        options.againstMaster(),
        options.allowDrift(),
        options.acceptNonTransactional(),
        options.merge(),
        agreed,
        plan,
        String.valueOf(fixture.getFileName()),
        exported);
  }

  /**
   * Refuses to take the place of what is there.
   *
   * @param file where a plan is to be saved
   */
  public static void requireFree(Path file) {
    Path fixture = fixtureBeside(file);
    for (Path taken : List.of(file, fixture, FixtureCopy.manifest(fixture))) {
      if (Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
        throw SyncException.configuration(
            taken + " is there already; it stays as it is",
            "Name another file with --save-plan, or remove it.");
      }
    }
  }

  /** Where the fixture of a saved plan lies: {@code plan.json} → {@code plan.json.zst}. */
  static Path fixtureBeside(Path file) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return file.resolveSibling(stem + ".json.zst");
  }

  /** Writes it, readable by its owner only. */
  void write(Path file) {
    try {
      byte[] bytes = JSON.writeValueAsBytes(this);
      PartFile.write(file, PRIVATE, out -> out.write(bytes));
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.FAILED,
          "Saving the plan " + file + " failed: " + PartFile.reason(e),
          "Name another file with --save-plan.",
          e);
    }
  }

  /**
   * Reads one.
   *
   * @throws SyncException if it can't be read or is none
   */
  public static SavedPlan read(Path file) {
    try {
      SavedPlan read = JSON.readValue(Files.readAllBytes(file), SavedPlan.class);
      if (read.format() != FORMAT) {
        throw SyncException.configuration(
            "The saved plan " + file + " is of version " + read.format() + ", not " + FORMAT,
            "Save it again with this version of the program.");
      }
      read.direction();
      return read;
    } catch (JsonProcessingException e) {
      throw noPlan(file, e);
    } catch (IOException e) {
      throw new SyncException(
          SyncException.Kind.CONFIGURATION,
          "Reading the saved plan " + file + " failed: " + PartFile.reason(e),
          "`--dry-run --save-plan FILE` writes one.",
          e);
    }
  }

  private static SyncException noPlan(Path file, Throwable cause) {
    return new SyncException(
        SyncException.Kind.CONFIGURATION,
        file + " is no saved plan",
        "`--dry-run --save-plan FILE` writes one.",
        cause);
  }

  /** Which way it goes. */
  public Direction direction() {
    return Direction.of(command)
        .orElseThrow(
            () ->
                SyncException.configuration(
                    "The saved plan is of no direction: " + command,
                    "`--dry-run --save-plan FILE` writes one."));
  }
}
