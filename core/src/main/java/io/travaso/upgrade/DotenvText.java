package io.travaso.upgrade;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file as text, in which the place of a value is known. Of several equal keys the
 * last one counts, as for compose.
 */
final class DotenvText {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \\t]*[=:]");
  private static final Pattern COMMENT = Pattern.compile("(^|[ \\t])#");

  private final Map<String, Value> values = new HashMap<>();

  /**
   * A value.
   *
   * @param text what it says
   * @param start where it begins in the file, behind an opening quote
   * @param isPlain whether the file has it exactly so, on one line and without escapes or variables
   */
  record Value(String text, int start, int end, boolean isPlain) {}

  DotenvText(String file) {
    int at = 0;
    while (at < file.length()) {
      int end = endOfLine(file, at);
      Matcher assignment = ASSIGNMENT.matcher(file).region(at, end);
      if (assignment.lookingAt()) {
        int start = blanks(file, assignment.end(), end);
        Value value = value(file, start, end);
        values.put(assignment.group(1), value);
        end = endOfLine(file, value.end());
      }
      at = end + 1;
    }
  }

  Optional<Value> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static Value value(String file, int start, int endOfLine) {
    char quote = start < endOfLine ? file.charAt(start) : ' ';
    if (quote == '"' || quote == '\'') {
      int close = close(file, start + 1, quote);
      if (close >= 0) {
        String text = file.substring(start + 1, close);
        return new Value(text, start + 1, close, isPlain(text, quote));
      }
    }
    String line = file.substring(start, endOfLine);
    Matcher comment = COMMENT.matcher(line);
    String text = (comment.find() ? line.substring(0, comment.start()) : line).stripTrailing();
    return new Value(text, start, start + text.length(), isPlain(text, ' '));
  }

  private static boolean isPlain(String text, char quote) {
    boolean isOneLine = text.indexOf('\n') < 0;
    boolean asItIs = quote == '\'' || (text.indexOf('\\') < 0 && text.indexOf('$') < 0);
    return isOneLine && asItIs;
  }

  private static int close(String file, int from, char quote) {
    for (int i = from; i < file.length(); i++) {
      if (file.charAt(i) == '\\' && quote == '"') {
        i++;
      } else if (file.charAt(i) == quote) {
        return i;
      }
    }
    return -1;
  }

  private static int blanks(String file, int at, int end) {
    int first = at;
    while (first < end && (file.charAt(first) == ' ' || file.charAt(first) == '\t')) {
      first++;
    }
    return first;
  }

  /** Of its content: a carriage return belongs to the line's end. */
  private static int endOfLine(String file, int at) {
    int end = file.indexOf('\n', at);
    return end < 0 ? file.length() : end;
  }
}
