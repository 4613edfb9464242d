package io.travaso.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a MariaDB dump holds besides tables: triggers, routines, views and events, with the
 * settings they were made under. Such things can't be moved from one database to another; they are
 * made anew.
 *
 * <p>While the dump is loaded, events are left out: they would run.
 */
final class Definitions implements StatementEditor {
  private static final Pattern TABLES =
      Pattern.compile(
          "(?:DROP TABLE|CREATE TABLE|DROP SEQUENCE|CREATE SEQUENCE|DO SETVAL|SELECT SETVAL|LOCK"
              + " TABLES|UNLOCK TABLES|INSERT |COMMIT\\b|/\\*!40000 ALTER TABLE|/\\*!50001"
              + " (?:CREATE|DROP) TABLE).*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern SETTING =
      Pattern.compile(
          "(?:/\\*M?!\\d+ )?SET .*|ALTER DATABASE .*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern VIEW =
      Pattern.compile("/\\*!50001 (?:CREATE|DROP) (?:ALGORITHM|VIEW).*", Pattern.DOTALL);
  private static final Pattern TRIGGER = Pattern.compile("/\\*!50003 CREATE.*", Pattern.DOTALL);
  private static final Pattern EVENT =
      Pattern.compile("/\\*!50106 (?:CREATE|DROP EVENT).*", Pattern.DOTALL);
  private static final Pattern DROP_ROUTINE =
      Pattern.compile("/\\*!50003 DROP (?:PROCEDURE|FUNCTION|PACKAGE).*", Pattern.DOTALL);
  private static final String QUOTED = "(?:`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\")";
  private static final Pattern ROUTINE =
      Pattern.compile(
          "CREATE (?:OR REPLACE )?((?:DEFINER=%1$s(?:@%1$s)? )?(?:AGGREGATE )?(PROCEDURE|FUNCTION|PACKAGE BODY|PACKAGE) (%1$s).*)"
              .formatted(QUOTED),
          Pattern.DOTALL);

  /** At the beginning, before anybody's own words. */
  private static final Pattern DEFINER =
      Pattern.compile("\\A([^`\"']{0,80}(?:/\\*!\\d+ )?)DEFINER=%1$s(?:@%1$s)?".formatted(QUOTED));

  private static final Pattern DATABASE =
      Pattern.compile("\\AALTER DATABASE %s ".formatted(QUOTED));

  private final @Nullable String definer;
  private final StringBuilder script = new StringBuilder();
  private final List<String> routines = new ArrayList<>();

  /**
   * @param definer whose everything becomes, as SQL has the account; null for whose it is
   */
  Definitions(@Nullable String definer) {
    this.definer = definer == null ? null : new String(definer.getBytes(UTF_8), ISO_8859_1);
  }

  @Override
  public String edit(String statement, String delimiter) throws IOException {
    if (TABLES.matcher(statement).matches()) {
      return statement;
    }
    String edited = ownDefiner(statement);
    if (SETTING.matcher(statement).matches()) {
      // Whichever database is in use, and no other.
      edited = DATABASE.matcher(statement).replaceFirst("ALTER DATABASE ");
      add(edited, delimiter);
      return edited;
    }
    Matcher routine = ROUTINE.matcher(edited);
    if (DROP_ROUTINE.matcher(statement).matches()) {
      // Replaced, a routine keeps the rights that were granted on it.
      return statement;
    } else if (routine.matches()) {
      routines.add(routine.group(2) + " " + plain(routine.group(3)));
      add("CREATE OR REPLACE " + routine.group(1), delimiter);
      return edited;
    } else if (EVENT.matcher(statement).matches()) {
      add(edited, delimiter);
      return "";
    } else if (VIEW.matcher(statement).matches() || TRIGGER.matcher(statement).matches()) {
      add(edited, delimiter);
      return edited;
    }
    throw new IOException(
        "a statement that is not understood: "
            + edited.substring(0, Math.min(40, edited.length())));
  }

  private String ownDefiner(String statement) {
    return definer == null
        ? statement
        : DEFINER
            .matcher(statement)
            .replaceFirst(m -> Matcher.quoteReplacement(m.group(1) + "DEFINER=" + definer));
  }

  private static String plain(String quoted) {
    String name = quoted.substring(1, quoted.length() - 1);
    String quote = quoted.substring(0, 1);
    return new String(name.replace(quote + quote, quote).getBytes(ISO_8859_1), UTF_8);
  }

  private void add(String statement, String delimiter) {
    if (delimiter.equals(";")) {
      script.append(statement).append(";\n");
    } else {
      script
          .append("DELIMITER ")
          .append(delimiter)
          .append('\n')
          .append(statement)
          .append(delimiter)
          .append("\nDELIMITER ;\n");
    }
  }

  /** What was collected. */
  MariaDbScript script() {
    return new MariaDbScript(script.toString(), routines);
  }
}
