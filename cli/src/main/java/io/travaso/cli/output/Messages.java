package io.travaso.cli.output;

import io.travaso.pipeline.Note;
import io.travaso.pipeline.Note.Text;
import io.travaso.pipeline.Step;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts of the command line in one language. */
public final class Messages {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** Which arguments of a note are numbers of bytes. */
  private static final Map<Text, List<Integer>> BYTES =
      Map.of(
          Text.EXPORTED, List.of(1),
          Text.EXPORTED_PART, List.of(1),
          Text.TRANSFERRED, List.of(1, 2),
          Text.BACKED_UP, List.of(1),
          Text.BACKUP_CHOSEN, List.of(2));

  private final Language language;
  private final Texts texts;
  private final ZoneId zone;

  public Messages(Language language, ZoneId zone) {
    this.language = language;
    this.texts = Texts.load("messages", language);
    this.zone = zone;
  }

  /**
   * A text.
   *
   * @param key one that the bundles have
   * @param args numbers are written as the language writes them, times in the local zone
   */
  public String text(String key, Object... args) {
    Object[] written = new Object[args.length];
    for (int i = 0; i < args.length; i++) {
      written[i] = written(args[i]);
    }
    return new MessageFormat(texts.get(key), language.locale()).format(written);
  }

  public String text(Note note) {
    Object[] args = note.args().toArray();
    for (int bytes : BYTES.getOrDefault(note.text(), List.of())) {
      if (args[bytes] instanceof Number number) {
        args[bytes] = size(number.longValue());
      }
    }
    return text("note." + note.text().name(), args);
  }

  private Object written(Object arg) {
    if (arg instanceof Instant instant) {
      return time(instant);
    }
    return arg instanceof Number ? arg : String.valueOf(arg);
  }

  /** A step's name. */
  public String step(Step step) {
    return text("step." + step.name().toLowerCase(Locale.ROOT));
  }

  public String number(long number) {
    return NumberFormat.getIntegerInstance(language.locale()).format(number);
  }

  /** A time in the local zone, to the second. */
  public String time(Instant instant) {
    return TIME.withZone(zone).format(instant);
  }

  /** A file's size, in powers of 1000 as disks are sold: {@code 7.2 MB}. */
  public String size(long bytes) {
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    NumberFormat format = NumberFormat.getNumberInstance(language.locale());
    format.setMaximumFractionDigits(unit > 0 && value < 10 ? 1 : 0);
    return format.format(value) + " " + text("size." + units[unit]);
  }
}
