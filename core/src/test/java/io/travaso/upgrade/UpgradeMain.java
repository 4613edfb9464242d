package io.travaso.upgrade;

import io.travaso.Progress;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Upgrades the sample in a process of its own, and stays at one place until it is killed. */
final class UpgradeMain {
  private UpgradeMain() {}

  /**
   * Begins.
   *
   * @param arguments the folder with the configuration and the runbook, and the place
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Steps.Hook hook =
        reached -> {
          while (reached.equals(arguments[1])) {
            System.out.println(reached);
            LockSupport.parkNanos(Long.MAX_VALUE);
          }
        };
    UpgradeSample.upgrades(folder, hook)
        .run(
            UpgradeSample.SERVICE,
            UpgradeSample.read(folder.resolve("notes.yaml")),
            "2",
            false,
            Progress.SILENT);
  }
}
