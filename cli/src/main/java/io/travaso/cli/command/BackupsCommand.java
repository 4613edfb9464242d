package io.travaso.cli.command;

import io.travaso.cli.output.ExitCode;
import io.travaso.cli.output.Page;
import io.travaso.cli.output.Result;
import io.travaso.cli.output.TextTable;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.Records;
import io.travaso.pipeline.Records.BackupRow;
import io.travaso.pipeline.ServiceFlow;
import io.travaso.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** {@code sync backups}: lists the backups of an environment and of its services. */
@picocli.CommandLine.Command(name = "backups")
public final class BackupsCommand extends Command {
  @Mixin EnvironmentOption environment;

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.readConfig(config);
    Environment chosen = environment.choose(settings);
    boolean hasServices =
        settings.services().values().stream().anyMatch(s -> s.environment().equals(chosen.name()));
    try (Site site = session.open(chosen)) {
      return new BackupsResult(
          BackupsList.of(
              "backups",
              chosen.name(),
              new Records(site).backups(),
              session.launch().clock().instant()),
          hasServices ? new ServiceFlow(site, session.observer()).backups() : List.of());
    }
  }

  private record Json(
      String command,
      String environment,
      List<BackupRow> backups,
      List<ServiceFlow.BackupRow> serviceBackups) {}

  private record BackupsResult(RecordsList<BackupRow> own, List<ServiceFlow.BackupRow> services)
      implements Result {
    @Override
    public ExitCode exitCode() {
      return ExitCode.DONE;
    }

    @Override
    public Object json() {
      return new Json(own.command(), own.environment(), own.rows(), services);
    }

    @Override
    public void print(Page page) {
      own.print(page);
      if (services.isEmpty()) {
        return;
      }
      page.blank();
      TextTable table =
          new TextTable(
              Stream.of("service-backup", "taken", "size", "purpose", "state")
                  .map(
                      key ->
                          (key.equals("size") ? ">" : "") + page.messages().text("column." + key))
                  .toList());
      services.forEach(row -> table.add(cells(row, page)));
      page.table(table);
    }

    private static List<String> cells(ServiceFlow.BackupRow row, Page page) {
      return List.of(
          row.name(),
          row.takenAt() == null ? "" : page.messages().time(Instant.parse(row.takenAt())),
          page.messages().size(row.bytes()),
          row.purpose() == null ? "" : row.purpose(),
          row.broken() == null ? "" : row.broken());
    }
  }
}
