package io.travaso.pipeline;

import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.site.LocalSite;
import io.travaso.site.RemoteSite;
import io.travaso.site.Site;
import io.travaso.site.SshHosts;
import java.time.Clock;

/** Finds the site of an environment: here or over SSH. */
public final class Sites {
  private Sites() {}

  /** Opens an environment's site; it connects when it is first asked something. */
  public static Site open(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      String toolVersion,
      Clock clock) {
    return environment.isLocal()
        ? new LocalSite(config, environment, surroundings, toolVersion, clock)
        : new RemoteSite(
            config,
            environment,
            toolVersion,
            () -> SshHosts.connect(config, environment, surroundings));
  }
}
