package io.travaso.site;

import io.travaso.config.SyncConfig;
import java.nio.file.Path;
import java.time.Clock;

/** The contract, in this process. */
abstract class LocalSiteContract extends SiteContract {

  @Override
  String host(Path project) {
    return "protected: true";
  }

  @Override
  Site open(Offices offices) {
    SyncConfig config = offices.config();
    return new LocalSite(
        config,
        config.environment("prod"),
        offices.surroundings(),
        ToolMain.VERSION,
        Clock.systemUTC());
  }
}
