package io.travaso.service;

import io.travaso.config.Backups;
import io.travaso.config.ServiceSettings;
import io.travaso.config.ServiceSettings.Quiesce;
import io.travaso.config.ServiceSettings.Volume;
import io.travaso.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backups of a service that never was, for what is about folders and files alone. */
final class MadeBackups {
  private MadeBackups() {}

  static ServiceSettings settings(Path directory, int keep, @Nullable Integer days) {
    return new ServiceSettings(
        "wiki",
        "prod",
        "/srv/wiki/docker-compose.yml",
        null,
        Map.of(),
        Map.of("pages", new Volume("app", "/pages")),
        Quiesce.NONE,
        new Backups(directory.toString(), keep, days));
  }

  static ServiceFolder folder(Path directory, int keep, @Nullable Integer days, Instant now) {
    return new ServiceFolder(settings(directory, keep, days), Clock.fixed(now, ZoneOffset.UTC));
  }

  static ServiceBackup take(ServiceFolder folder, BackupPurpose purpose, Instant at)
      throws IOException {
    return take(folder, purpose, at, "wiki");
  }

  static ServiceBackup take(ServiceFolder folder, BackupPurpose purpose, Instant at, String service)
      throws IOException {
    Path part = folder.begin();
    byte[] bytes = ("pages of " + at).getBytes(StandardCharsets.UTF_8);
    Files.write(part.resolve("volume-pages.tar.zst"), bytes);
    return folder.finish(
        part,
        new ServiceManifest(
            ManifestFile.VERSION,
            service,
            "prod",
            purpose,
            folder.nextSequence(),
            at.toString(),
            "test",
            "/srv/wiki/docker-compose.yml",
            "0".repeat(64),
            null,
            List.of(),
            List.of(),
            List.of(
                new ServiceManifest.Volume(
                    "pages",
                    "app",
                    "/pages",
                    "volume-pages.tar.zst",
                    1,
                    bytes.length,
                    Sha256.of(bytes))),
            0),
        false);
  }
}
