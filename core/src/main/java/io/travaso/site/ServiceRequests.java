package io.travaso.site;

import io.travaso.service.BackupPurpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the services and the whole databases of a site. */
public final class ServiceRequests {
  private ServiceRequests() {}

  /**
   * A backup of a service.
   *
   * @param place a second place to copy it to; null for none
   */
  public record Take(String service, BackupPurpose purpose, @Nullable String place) {}

  /**
   * A backup, as it is called.
   *
   * @param name of a service's backup or of one of the environment's own
   */
  public record Named(String name) {}

  /**
   * A backup that is to come back.
   *
   * @param parts names of databases and volumes; null for all
   */
  public record Restore(String name, @Nullable List<String> parts) {}

  /**
   * A service.
   *
   * @param service null for all of the environment
   */
  public record Of(@Nullable String service) {}

  /**
   * An upgrade.
   *
   * @param runbook its YAML
   * @param tag of the new images
   * @param autoRollback whether a failure is followed by the way back
   */
  public record Upgrade(String service, String runbook, String tag, boolean autoRollback) {}

  /**
   * The way back from an upgrade.
   *
   * @param loseWrites whether what was written since the new version was started may be lost
   */
  public record RollBackUpgrade(String service, boolean loseWrites) {}
}
