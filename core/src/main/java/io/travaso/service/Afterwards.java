package io.travaso.service;

import io.travaso.Progress;
import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;

/** Lets a service go on after something failed. */
record Afterwards(Quieting quieting, Progress progress) {

  /** The failure; and where the service can't be let go on, that too, with what to type. */
  RuntimeException resumed(RuntimeException failure) {
    try {
      quieting.resume(progress);
      return failure;
    } catch (SyncException still) {
      still.addSuppressed(failure);
      if (!(failure instanceof SyncException known)) {
        return still;
      }
      List<String> details = new ArrayList<>(known.details());
      details.add(still.what());
      details.addAll(still.details());
      return new SyncException(
          known.kind(), known.what() + "; and " + still.what(), still.hint(), details);
    }
  }
}
