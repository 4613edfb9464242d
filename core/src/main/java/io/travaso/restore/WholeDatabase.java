package io.travaso.restore;

import io.travaso.Progress;
import io.travaso.backup.ToolBox;
import io.travaso.database.ConnectionSettings;

/** A database that may be replaced as a whole, by one that is built beside it. */
public final class WholeDatabase {
  private final Replacement replacement;

  private WholeDatabase(Replacement replacement) {
    this.replacement = replacement;
  }

  /**
   * A database that may be replaced.
   *
   * @param usual the database, and its usual account
   * @param maintenance the same with the account that may make databases beside it; the usual one
   *     where nobody was named
   * @param tools where the engine's programs run
   * @param progress hears what has to be told
   */
  public static WholeDatabase of(
      ConnectionSettings usual, ConnectionSettings maintenance, ToolBox tools, Progress progress) {
    return new WholeDatabase(new Replacement(usual, maintenance, tools, progress, false));
  }

  /** The same; a swap ends other sessions instead of refusing where there are any. */
  public WholeDatabase disconnectingOthers() {
    return new WholeDatabase(replacement.disconnectingOthers());
  }

  /**
   * Makes an empty database beside it, after all rights were looked at.
   *
   * @param purpose a word for its name: {@code restore}, {@code verify}, {@code clone}
   */
  public Beside create(String purpose) {
    if (!purpose.matches("[a-z]{1,12}")) {
      throw new IllegalArgumentException("not a word for a database's name: " + purpose);
    }
    return switch (replacement.usual().engine()) {
      case "postgresql" -> PostgresBeside.create(replacement, purpose);
      case "mariadb" -> MariaDbBeside.create(replacement, purpose);
      default -> throw new IllegalArgumentException(replacement.usual().engine());
    };
  }
}
