package io.travaso.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables in a text of a compose file: {@code $NAME}, {@code ${NAME}}, {@code
 * ${NAME:-default}} and their like. Defaults that hold variables themselves are not understood.
 *
 * @param variables in their order
 */
record Interpolation(String text, List<Variable> variables) {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$\\$|\\$([A-Za-z_][A-Za-z0-9_]*)"
              + "|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^${}]*))?}");

  /** Stands for what a variable brings; in no image's name. */
  static final char HIDDEN = '\u0001';

  /**
   * A variable.
   *
   * @param operator {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+} or {@code +}; null for
   *     none
   * @param operand what stands behind the operator
   * @param operandStart where it begins in the text
   */
  record Variable(
      String name,
      @Nullable String operator,
      String operand,
      int start,
      int end,
      int operandStart) {

    /** Whether the default counts, given the variable's value or none. */
    boolean takesDefault(@Nullable String value) {
      boolean isEmpty = value == null || value.isEmpty();
      return (":-".equals(operator) && isEmpty) || ("-".equals(operator) && value == null);
    }
  }

  /** Empty where a dollar is left that is none of these. */
  static Optional<Interpolation> of(String text) {
    List<Variable> variables = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder rest = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(rest, "");
      if (matcher.group(1) != null) {
        variables.add(new Variable(matcher.group(1), null, "", matcher.start(), matcher.end(), -1));
      } else if (matcher.group(2) != null) {
        String operand = matcher.group(4);
        variables.add(
            new Variable(
                matcher.group(2),
                matcher.group(3),
                operand == null ? "" : operand,
                matcher.start(),
                matcher.end(),
                operand == null ? -1 : matcher.start(4)));
      }
    }
    matcher.appendTail(rest);
    return rest.indexOf("$") >= 0
        ? Optional.empty()
        : Optional.of(new Interpolation(text, List.copyOf(variables)));
  }

  /** The text with every variable hidden, as long as it was. */
  String masked() {
    StringBuilder masked = new StringBuilder(text);
    for (Variable variable : variables) {
      for (int i = variable.start(); i < variable.end(); i++) {
        masked.setCharAt(i, HIDDEN);
      }
    }
    return masked.toString();
  }

  /** What compose makes of it. */
  String resolved(Function<String, @Nullable String> values) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (Variable variable : variables) {
      String value = values.apply(variable.name());
      boolean replaced =
          (":+".equals(variable.operator()) && value != null && !value.isEmpty())
              || ("+".equals(variable.operator()) && value != null);
      boolean nothing = variable.operator() != null && variable.operator().endsWith("+");
      result.append(text, at, variable.start());
      if (replaced || variable.takesDefault(value)) {
        result.append(variable.operand());
      } else if (!nothing && value != null) {
        result.append(value);
      }
      at = variable.end();
    }
    return result.append(text.substring(at)).toString().replace("$$", "$");
  }
}
