package io.travaso.site;

import io.travaso.Progress;
import io.travaso.config.Environment;
import io.travaso.keys.ClassPlan;
import io.travaso.keys.KeyReach;
import io.travaso.keys.KeySource;
import io.travaso.keys.RenumberPlan;
import java.time.Clock;
import java.util.List;

/** The keys of an environment on this machine. */
final class LocalKeys implements Keys {
  private final Environment environment;
  private final LocalDatabase database;
  private final String toolVersion;
  private final Clock clock;

  LocalKeys(Environment environment, LocalDatabase database, String toolVersion, Clock clock) {
    this.environment = environment;
    this.database = database;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  @Override
  public KeyReach reach(KeyRequests.Reach request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RenumberPlan plan(KeyRequests.PlanRenumber request, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RenumberPlan renumber(KeyRequests.Renumber request, Progress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<KeySource> sources() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClassPlan planClass(KeyRequests.DrawFrom request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClassPlan drawFrom(KeyRequests.DrawFrom request) {
    throw new UnsupportedOperationException();
  }
}
