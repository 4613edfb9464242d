package io.travaso.backup;

import java.util.List;

/**
 * A script that makes a database's triggers, routines, views and events.
 *
 * @param text for the client, in whatever encodings the bodies are
 * @param routines each of them, as {@code PROCEDURE name}
 */
public record MariaDbScript(byte[] text, List<String> routines) {
  public MariaDbScript {
    routines = List.copyOf(routines);
  }
}
