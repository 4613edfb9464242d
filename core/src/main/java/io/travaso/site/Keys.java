package io.travaso.site;

import io.travaso.Progress;
import io.travaso.keys.ClassPlan;
import io.travaso.keys.KeyReach;
import io.travaso.keys.KeySource;
import io.travaso.keys.RenumberPlan;
import java.util.List;

/** The keys of an environment's rows; as a {@link Site}, all is data. */
public interface Keys {
  /** How far a table's keys go; nothing is written. */
  KeyReach reach(KeyRequests.Reach request);

  /** What it would take to give rows fresh keys; nothing is written, and no sequence moved. */
  RenumberPlan plan(KeyRequests.PlanRenumber request, Progress progress);

  /** Gives rows the keys of a plan, and records the run. */
  RenumberPlan renumber(KeyRequests.Renumber request, Progress progress);

  /** How the tables of the set get their keys. */
  List<KeySource> sources();

  /** What it would take to draw keys from a class of numbers; nothing is written. */
  ClassPlan planClass(KeyRequests.DrawFrom request);

  /** Lets the tables of the set draw their keys from a class of numbers. */
  ClassPlan drawFrom(KeyRequests.DrawFrom request);
}
