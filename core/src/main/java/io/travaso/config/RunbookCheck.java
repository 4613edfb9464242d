package io.travaso.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that is asked of a service, and the answer that is right. It changes nothing. */
public sealed interface RunbookCheck {

  /** For people; null where nobody gave it a name. */
  @Nullable String name();

  Patience patience();

  /**
   * How often it is asked before the answer counts.
   *
   * @param tries at most; 0 for as many as the time allows
   * @param within no longer than this
   */
  record Patience(int tries, Duration within) {}

  /**
   * A page.
   *
   * @param status the right one
   * @param contains what its body must contain
   * @param json what must stand at these JSON pointers of its body, as text
   */
  record Http(
      @Nullable String name,
      String url,
      int status,
      List<String> contains,
      Map<String, String> json,
      Patience patience)
      implements RunbookCheck {
    public Http {
      contains = List.copyOf(contains);
      json = Map.copyOf(json);
    }
  }

  /**
   * A program that must end with status 0.
   *
   * @param contains what its output must contain
   * @param equals what its output must be, blanks around it left aside; null for anything
   */
  record Command(
      @Nullable String name,
      Runbook.Program program,
      List<String> contains,
      @Nullable String equals,
      Patience patience)
      implements RunbookCheck {
    public Command {
      contains = List.copyOf(contains);
    }
  }

  /**
   * A query of one row and one column.
   *
   * @param database of the service, as the configuration calls it
   * @param equals the right value, as text
   */
  record Sql(@Nullable String name, String database, String query, String equals, Patience patience)
      implements RunbookCheck {}
}
