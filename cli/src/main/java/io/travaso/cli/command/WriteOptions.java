package io.travaso.cli.command;

import java.util.List;
import picocli.CommandLine.Option;

/** How a command that merges goes about it. */
final class WriteOptions {
  @Option(names = "--dry-run", descriptionKey = "option.dry-run")
  boolean dryRun;

  @Option(names = "--exit-code", descriptionKey = "option.exit-code")
  boolean exitCode;

  @Option(names = "--full-replace", descriptionKey = "option.full-replace")
  boolean fullReplace;

  @Option(names = "--no-backup", descriptionKey = "option.no-backup")
  boolean noBackup;

  @Option(names = "--force", descriptionKey = "option.force")
  boolean force;

  @Option(names = "--allow-drift", descriptionKey = "option.allow-drift")
  boolean allowDrift;

  @Option(names = "--accept-non-transactional", descriptionKey = "option.accept-non-transactional")
  boolean acceptNonTransactional;

  void check(List<String> problems) {
    if (exitCode && !dryRun) {
      problems.add("--exit-code needs --dry-run: a real run has no differences to tell");
    }
  }
}
