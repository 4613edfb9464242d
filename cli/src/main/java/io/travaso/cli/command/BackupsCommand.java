package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.pipeline.Records;
import io.travaso.site.Site;
import picocli.CommandLine.Mixin;

/** {@code sync backups}: lists an environment's backups. */
@picocli.CommandLine.Command(name = "backups")
public final class BackupsCommand extends Command {
  @Mixin EnvironmentOption environment;

  @Override
  public Result run(Session session) {
    Environment chosen = environment.choose(session.readConfig(config));
    try (Site site = session.open(chosen)) {
      return BackupsList.of(
          "backups",
          chosen.name(),
          new Records(site).backups(),
          session.launch().clock().instant());
    }
  }
}
