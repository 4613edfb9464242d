package io.travaso.site;

import io.travaso.Progress;
import io.travaso.cloning.ClonePackage;
import io.travaso.cloning.ClonePlan;
import io.travaso.cloning.CloneResult;
import io.travaso.cloning.CloneSource;

/** A whole database as the source or the target of a clone; as a {@link Site}, all is data. */
public interface Cloning {
  /** What would be taken; nothing is written. */
  CloneSource look(Progress progress);

  /** Takes structure and masked rows into one file on the site's host. */
  ClonePackage export(Progress progress);

  /** Brings a package to this machine. */
  ClonePackage fetch(ClonePackage there, Progress progress);

  /** Brings a package on this machine to the site's host. */
  ClonePackage send(ClonePackage here, Progress progress);

  /** What cloning would do; nothing is written. */
  ClonePlan plan(CloneSource source, Progress progress);

  /** Builds the clone beside the database and swaps the two. */
  CloneResult replace(ClonePackage pack, Progress progress);

  /** Removes a package from the site's host. */
  void forget(ClonePackage pack);
}
