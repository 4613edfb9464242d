package io.travaso.site;

import io.travaso.Progress;
import io.travaso.config.Environment;
import io.travaso.keys.ClassPlan;
import io.travaso.keys.KeyClasses;
import io.travaso.keys.KeyReach;
import io.travaso.keys.KeySource;
import io.travaso.keys.KeySources;
import io.travaso.keys.RenumberPlan;
import java.time.Clock;
import java.util.List;

/** The keys of an environment on this machine. */
final class LocalKeys implements Keys {
  private final LocalRenumber renumber;
  private final LocalDatabase database;

  LocalKeys(Environment environment, LocalDatabase database, String toolVersion, Clock clock) {
    this.renumber = new LocalRenumber(environment, database, toolVersion, clock);
    this.database = database;
  }

  @Override
  public KeyReach reach(KeyRequests.Reach request) {
    return renumber.reach(request);
  }

  @Override
  public RenumberPlan plan(KeyRequests.PlanRenumber request, Progress progress) {
    return renumber.plan(request);
  }

  @Override
  public RenumberPlan renumber(KeyRequests.Renumber request, Progress progress) {
    return renumber.renumber(request);
  }

  @Override
  public List<KeySource> sources() {
    return KeySources.of(database.get(), database.set(List.of()));
  }

  @Override
  public ClassPlan planClass(KeyRequests.DrawFrom request) {
    return classes(request).plan();
  }

  @Override
  public ClassPlan drawFrom(KeyRequests.DrawFrom request) {
    return classes(request).apply();
  }

  private KeyClasses classes(KeyRequests.DrawFrom request) {
    return new KeyClasses(
        database.get(), database.set(List.of()), request.numbers(), request.environments());
  }
}
