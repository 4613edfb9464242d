package io.travaso.cli.command;

import io.travaso.cli.output.Messages;
import io.travaso.cli.output.Page;
import io.travaso.pipeline.Records.BackupRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The backups of an environment, as a list. */
final class BackupsList {
  private BackupsList() {}

  static RecordsList<BackupRow> of(
      String command, String environment, List<BackupRow> rows, Instant now) {
    return new RecordsList<>(
        command,
        environment,
        "backups",
        rows,
        List.of("name", "taken", "age", ">size", "run"),
        (row, page) -> cells(row, page, now));
  }

  private static List<String> cells(BackupRow row, Page page, Instant now) {
    Messages messages = page.messages();
    return List.of(
        row.name(),
        messages.time(row.takenAt()),
        age(Duration.between(row.takenAt(), now), messages),
        messages.size(row.bytes()),
        row.runId() == null ? "" : row.runId());
  }

  private static String age(Duration age, Messages messages) {
    if (age.toDays() > 0) {
      return messages.text("age.days", age.toDays());
    }
    return age.toHours() > 0
        ? messages.text("age.hours", age.toHours())
        : messages.text("age.minutes", Math.max(0, age.toMinutes()));
  }
}
