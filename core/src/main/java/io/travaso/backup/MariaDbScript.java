package io.travaso.backup;

import java.util.List;

/** A script that makes a database's triggers, routines, views and events. */
public final class MariaDbScript {
  private final byte[] text;
  private final List<String> routines;

  /**
   * A script.
   *
   * @param text for the client, in whatever encodings the bodies are
   * @param routines each of them, as {@code PROCEDURE name}
   */
  public MariaDbScript(byte[] text, List<String> routines) {
    this.text = text.clone();
    this.routines = List.copyOf(routines);
  }

  public byte[] text() {
    return text.clone();
  }

  public List<String> routines() {
    return routines;
  }
}
