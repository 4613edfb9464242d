package io.travaso.traps;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The list of traps, {@code traps.yaml}. */
final class TrapList {
  private TrapList() {}

  /** Traps under one heading. */
  record Section(String section, List<Trap> traps) {}

  static List<Section> sections() {
    try (InputStream list = TrapList.class.getResourceAsStream("traps.yaml")) {
      if (list == null) {
        throw new IllegalStateException("No traps.yaml beside " + TrapList.class);
      }
      return new YAMLMapper().readValue(list, new TypeReference<List<Section>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Trap> all() {
    return sections().stream().flatMap(section -> section.traps().stream()).toList();
  }
}
