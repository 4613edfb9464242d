package io.travaso.cli.command;

import io.travaso.config.Environment;
import io.travaso.site.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The sites of some environments, which are closed together. */
final class OpenSites implements AutoCloseable {
  private final List<Site> sites = new ArrayList<>();

  OpenSites(Collection<Environment> environments, Session session) {
    try {
      environments.forEach(environment -> sites.add(session.open(environment)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  List<Site> all() {
    return List.copyOf(sites);
  }

  @Override
  public void close() {
    sites.forEach(Site::close);
  }
}
