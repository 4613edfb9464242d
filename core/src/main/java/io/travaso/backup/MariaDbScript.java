package io.travaso.backup;

import java.util.List;

/**
 * A script that makes a database's triggers, routines, views and events.
 *
 * @param text for the client, each byte as one character: bodies are in any encoding
 * @param routines each of them, as {@code PROCEDURE name}
 */
public record MariaDbScript(String text, List<String> routines) {
  public MariaDbScript {
    routines = List.copyOf(routines);
  }
}
