package io.travaso.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.travaso.pipeline.SyncReport.ConflictInfo;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to decide between two sides.
 *
 * @param status {@code planned}, or {@code unchanged} where there is nothing to decide
 * @param direction the command that takes the decisions
 * @param file where they are to be written; null where there is nothing to decide
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resolution(
    String command,
    String status,
    String direction,
    String runId,
    String source,
    String target,
    List<ConflictInfo> conflicts,
    @Nullable String file) {
  public static final String COMMAND = "resolve";

  static Resolution of(SyncReport report, @Nullable Path file) {
    return new Resolution(
        COMMAND,
        file == null ? OperationReport.UNCHANGED : OperationReport.PLANNED,
        report.command(),
        report.runId(),
        report.source(),
        report.target(),
        report.conflicts(),
        file == null ? null : file.toString());
  }
}
