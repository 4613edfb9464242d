package io.travaso.backup;

import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The names of backups: {@code pre_sync_YYYYMMDD_HHMMSS.dump}, {@code …_2.dump} when that second
 * has one already; MariaDB's end in {@code .sql.zst}. Whatever is called otherwise is not ours: it
 * is neither read nor deleted.
 */
final class BackupName {
  private static final Pattern DUMP =
      Pattern.compile(
          "(pre_sync|pre_rollback|pre_restore|backup)_\\d{8}_\\d{6}(_\\d{1,6})?\\.(dump|sql\\.zst)");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT);
  private static final String SIDECAR = ".json";
  private static final String PART = ".part";

  private BackupName() {}

  static boolean isDump(String name) {
    return DUMP.matcher(name).matches();
  }

  static boolean isSidecar(String name) {
    return name.endsWith(SIDECAR) && isDump(cut(name, SIDECAR));
  }

  /** What a broken run leaves: half a dump, or half a sidecar. */
  static boolean isPart(String name) {
    String whole = name.endsWith(PART) ? cut(name, PART) : "";
    return isDump(whole) || isSidecar(whole);
  }

  static Path sidecarOf(Path dump) {
    return dump.resolveSibling(dump.getFileName() + SIDECAR);
  }

  static Path dumpOf(Path sidecar) {
    return sidecar.resolveSibling(cut(String.valueOf(sidecar.getFileName()), SIDECAR));
  }

  static BackupLabel kindOf(String dump) {
    return BackupLabel.ofPrefix(dump.replaceFirst("_\\d{8}_.*", ""));
  }

  /** The first name for this second that is not taken. */
  static String free(BackupLabel kind, ZonedDateTime now, String ending, Predicate<String> taken) {
    String stem = kind.prefix() + "_" + SECOND.format(now);
    String name = stem + ending;
    for (int i = 2; taken.test(name); i++) {
      name = stem + "_" + i + ending;
    }
    return name;
  }

  private static String cut(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }
}
