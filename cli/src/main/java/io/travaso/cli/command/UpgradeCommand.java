package io.travaso.cli.command;

import io.travaso.cli.output.Result;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.pipeline.RunbookFile;
import io.travaso.pipeline.UpgradeFlow;
import io.travaso.site.Site;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sync upgrade}: brings a service to another version, with a way back. */
@picocli.CommandLine.Command(name = "upgrade")
public final class UpgradeCommand extends HoldingCommand {
  @Parameters(index = "0", paramLabel = "SERVICE", descriptionKey = "parameter.service")
  String service = "";

  @Option(names = "--to", paramLabel = "TAG", descriptionKey = "option.to-tag")
  @Nullable String tag;

  @Option(names = "--rollback", descriptionKey = "option.rollback-upgrade")
  boolean rollback;

  @Option(names = "--auto-rollback", descriptionKey = "option.auto-rollback")
  boolean autoRollback;

  @Option(names = "--lose-writes", descriptionKey = "option.lose-writes")
  boolean loseWrites;

  @Option(names = "--runbook", paramLabel = "FILE", descriptionKey = "option.runbook")
  @Nullable String runbook;

  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Override
  public void check(List<String> problems) {
    if (!rollback && tag == null) {
      problems.add("--to TAG is missing: which version? Or --rollback, back to the one before");
    }
    if (rollback && (tag != null || autoRollback || dryRun || runbook != null)) {
      problems.add(
          "--rollback goes back by itself: it goes with none of --to, --auto-rollback, --dry-run and"
              + " --runbook");
    }
    if (loseWrites && !rollback) {
      problems.add("--lose-writes says something about --rollback alone");
    }
  }

  @Override
  public Result run(Session session) {
    SyncConfig settings = session.beginRun(config);
    Environment chosen =
        ServiceChoice.environment(settings, ServiceChoice.named(settings, service));
    try (Site site = session.open(chosen)) {
      UpgradeFlow flow =
          new UpgradeFlow(site, chosen, session.observer(), session.consent(force, json));
      if (tag == null) {
        return new OperationResult(flow.rollBack(service, loseWrites));
      }
      Path given =
          runbook == null ? null : session.surroundings().directory().resolve(runbook).normalize();
      String text = RunbookFile.read(settings, service, given);
      return new OperationResult(flow.upgrade(service, text, tag, dryRun, autoRollback));
    }
  }
}
