package io.travaso.service;

import io.travaso.Progress;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Takes a backup in a process of its own, which a test can kill. */
final class KilledMain {
  private KilledMain() {}

  public static void main(String[] args) {
    Path config = Path.of(args[0]);
    Path folder = config.resolveSibling("");
    Surroundings surroundings = new Surroundings(Map.of(), folder, folder);
    SyncConfig read = SyncConfig.read(config, surroundings);
    new ServiceBackups(read, read.environment("prod"), surroundings, "test", Clock.systemUTC())
        .take(args[1], null, false, Progress.SILENT);
  }

  static Process start(Path config, String service) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledMain.class.getName(),
                config.toString(),
                service))
        .inheritIO()
        .start();
  }
}
