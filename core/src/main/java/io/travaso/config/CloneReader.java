package io.travaso.config;

import io.travaso.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code clone}. */
final class CloneReader {
  private static final String CLONE = "clone";
  private static final String EMPTY = "empty";

  private CloneReader() {}

  static CloneSettings read(Section root) {
    Optional<Section> clone = root.section(CLONE);
    if (clone.isEmpty()) {
      return CloneSettings.NONE;
    }
    Section section = clone.get();
    List<TableName> empty = new ArrayList<>();
    for (String text : section.texts(EMPTY)) {
      try {
        TableName name = TableName.parse(text);
        if (empty.contains(name)) {
          section.problem(EMPTY, "names " + name + " twice", "");
        }
        empty.add(name);
      } catch (SyncException e) {
        section.problem(EMPTY, e.what(), e.hint());
      }
    }
    section.refuseUnknownKeys();
    return new CloneSettings(empty);
  }
}
