package io.travaso.service;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The names of a service's backups: {@code SERVICE_YYYYMMDD_HHMMSS}, {@code …_2} when that second
 * has one already. Whatever is called otherwise is not ours: it is neither read nor deleted.
 */
final class FolderName {
  static final String MANIFEST = "manifest.json";

  private static final String PART = ".part";
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT);
  private static final Pattern FILE =
      Pattern.compile("(db|volume)-[A-Za-z0-9][A-Za-z0-9_-]*(\\.[a-z0-9]+){1,3}");

  private final Pattern backup;
  private final String service;

  FolderName(String service) {
    this.service = service;
    this.backup = Pattern.compile(Pattern.quote(service) + "_\\d{8}_\\d{6}(_\\d{1,6})?");
  }

  boolean isBackup(String name) {
    return backup.matcher(name).matches();
  }

  /** What a broken run leaves: a backup in the making, or one in the removing. */
  boolean isPart(String name) {
    return name.endsWith(PART) && isBackup(name.substring(0, name.length() - PART.length()));
  }

  static String partOf(String name) {
    return name + PART;
  }

  /** The first name for this second that is not taken. */
  String free(Clock clock, Predicate<String> taken) {
    ZonedDateTime now = clock.instant().atZone(clock.getZone());
    String stem = service + "_" + SECOND.format(now);
    String name = stem;
    for (int i = 2; taken.test(name) || taken.test(partOf(name)); i++) {
      name = stem + "_" + i;
    }
    return name;
  }

  /** Whether a file may stand in a manifest: in its own folder, and nowhere else. */
  static boolean isFile(String name) {
    return FILE.matcher(name).matches();
  }

  static String dump(String database, String ending) {
    return "db-" + database + ending;
  }

  static String archive(String volume) {
    return "volume-" + volume + ".tar.zst";
  }
}
