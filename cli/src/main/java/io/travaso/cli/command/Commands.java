package io.travaso.cli.command;

import java.util.List;

/** All commands by name. Only the one that is called is made: to find the options takes time. */
public final class Commands {
  /** In the order of the help; the last one is not for people. */
  private static final List<String> NAMES =
      List.of(
          "dev-to-prod",
          "prod-to-dev",
          "resolve",
          "apply",
          "rollback-last-sync",
          "history",
          "export",
          "import",
          "backup",
          "backups",
          "verify",
          "restore",
          "clone",
          "upgrade",
          "resume",
          "init",
          "doctor",
          "deploy",
          "trust",
          "completion",
          "renumber",
          "sequences",
          "undo-last-sync",
          "site");

  private Commands() {}

  public static List<String> names() {
    return NAMES;
  }

  /** A new command of that name, which must be one of {@link #names}. */
  public static Command create(String name) {
    return switch (name) {
      case "dev-to-prod" -> new DevToProd();
      case "prod-to-dev" -> new ProdToDev();
      case "resolve" -> new ResolveCommand();
      case "apply" -> new ApplyCommand();
      case "rollback-last-sync" -> new RollbackCommand();
      case "history" -> new HistoryCommand();
      case "export" -> new ExportCommand();
      case "import" -> new ImportCommand();
      case "backup" -> new BackupCommand();
      case "backups" -> new BackupsCommand();
      case "verify" -> new VerifyCommand();
      case "restore" -> new RestoreCommand();
      case "clone" -> new CloneCommand();
      case "upgrade" -> new UpgradeCommand();
      case "resume" -> new ResumeCommand();
      case "init" -> new InitCommand();
      case "doctor" -> new DoctorCommand();
      case "deploy" -> new DeployCommand();
      case "trust" -> new TrustCommand();
      case "completion" -> new CompletionCommand();
      case "renumber" -> new RenumberCommand();
      case "sequences" -> new SequencesCommand();
      case "undo-last-sync" -> new UndoCommand();
      case "site" -> new SiteCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
