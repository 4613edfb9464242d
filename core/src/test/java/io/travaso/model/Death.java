package io.travaso.model;

import io.travaso.testing.CuttingProxy.Cut;
import org.jspecify.annotations.Nullable;

/** How a sync ends before its end; a word the target never hears, or a question to a site. */
record Death(int question, boolean answered, @Nullable String word, Cut cut) {

  /** Nobody dies. */
  static final Death NONE = new Death(-1, false, null, Cut.BEFORE_DELIVERY);

  /** The process dies with its n-th question to either site: before it is asked, or after. */
  static Death with(int question, boolean answered) {
    return new Death(question, answered, null, Cut.BEFORE_DELIVERY);
  }

  /** The connection to the target is cut. */
  static Death at(String word, Cut cut) {
    return new Death(-1, false, word, cut);
  }

  boolean strikes() {
    return word != null || question >= 0;
  }

  @Override
  public String toString() {
    return word == null
        ? question < 0 ? "" : "dies " + (answered ? "after " : "before ") + question
        : "cut " + word + " " + cut;
  }
}
