package io.travaso.upgrade;

import io.travaso.upgrade.ComposeYaml.NoImage;
import io.travaso.upgrade.Interpolation.Variable;
import io.travaso.upgrade.TagEdit.Replacement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the place where an image's tag is written: in the compose file, as a variable's default
 * there, or in {@code .env}.
 */
final class TagPlace {
  private final ComposeTexts texts;
  private final String tag;
  private final boolean dropDigest;
  private final Map<Integer, Replacement> inCompose;
  private final Map<Integer, Replacement> inDotenv;

  TagPlace(
      ComposeTexts texts,
      String tag,
      boolean dropDigest,
      Map<Integer, Replacement> inCompose,
      Map<Integer, Replacement> inDotenv) {
    this.texts = texts;
    this.tag = tag;
    this.dropDigest = dropDigest;
    this.inCompose = inCompose;
    this.inDotenv = inDotenv;
  }

  /**
   * Notes what is to be replaced.
   *
   * @param image as it is written, variables and all
   * @param start where it begins in the compose file
   */
  void change(String image, int start) throws NoImage {
    Interpolation written =
        Interpolation.of(image)
            .orElseThrow(() -> new NoImage("its image has a variable that is not understood here"));
    List<Variable> variables = written.variables();
    if (variables.size() == 1
        && variables.get(0).start() == 0
        && variables.get(0).end() == image.length()) {
      inVariable(variables.get(0), start, true);
      return;
    }
    String masked = written.masked();
    int at = masked.indexOf('@');
    int end = at < 0 ? masked.length() : at;
    int colon = masked.indexOf(':', masked.lastIndexOf('/', end) + 1);
    boolean hasTag = colon >= 0 && colon < end;
    int from = hasTag ? colon + 1 : end;
    if (!hasTag
        && masked.substring(masked.lastIndexOf('/', end) + 1).indexOf(Interpolation.HIDDEN) >= 0) {
      throw new NoImage("where its tag stands can't be told; write it as REPOSITORY:TAG");
    }
    List<Variable> inTag =
        variables.stream().filter(it -> it.start() >= from && it.end() <= end).toList();
    requireNoDigest(at >= 0);
    int stop = start + (dropDigest ? image.length() : end);
    if (inTag.isEmpty()) {
      put(inCompose, start + from, stop, hasTag ? tag : ":" + tag);
      return;
    }
    if (inTag.size() > 1 || stop != start + end) {
      throw new NoImage("its tag is made of several variables; write it as one");
    }
    Variable variable = inTag.get(0);
    around(
        variable,
        start,
        image.substring(from, variable.start()),
        image.substring(variable.end(), end));
  }

  /** A tag that has something fixed before or behind its variable: {@code ${VERSION}-apache}. */
  private void around(Variable variable, int start, String prefix, String suffix) throws NoImage {
    boolean fits =
        tag.startsWith(prefix)
            && tag.endsWith(suffix)
            && tag.length() > prefix.length() + suffix.length();
    if (!fits) {
      throw new NoImage(
          "its tag is written as "
              + prefix
              + "${"
              + variable.name()
              + "}"
              + suffix
              + ", and "
              + tag
              + " is not of that form");
    }
    String value = tag.substring(prefix.length(), tag.length() - suffix.length());
    new TagPlace(texts, value, dropDigest, inCompose, inDotenv).inVariable(variable, start, false);
  }

  /**
   * Changes what a variable brings.
   *
   * @param isWhole whether it brings the whole image rather than the tag alone
   */
  private void inVariable(Variable variable, int start, boolean isWhole) throws NoImage {
    String name = variable.name();
    if (texts.environment().containsKey(name)) {
      throw new NoImage(
          "its tag comes from "
              + name
              + ", which is set in the environment of this process; unset"
              + " it, and write it into .env");
    }
    Optional<DotenvText.Value> value = texts.dotenvValue(name);
    if (variable.takesDefault(value.map(DotenvText.Value::text).orElse(null))) {
      put(isWhole, variable.operand(), start + variable.operandStart(), inCompose);
      return;
    }
    if (value.isEmpty()) {
      throw new NoImage("its tag comes from " + name + ", which is not in .env beside it");
    }
    if (!value.get().isPlain()
        || (variable.operator() != null && variable.operator().contains("+"))) {
      throw new NoImage(
          "its tag comes from " + name + " in .env, where it is not written as one plain value");
    }
    put(isWhole, value.get().text(), value.get().start(), inDotenv);
  }

  private void put(boolean isWhole, String text, int start, Map<Integer, Replacement> into)
      throws NoImage {
    if (!isWhole) {
      put(into, start, start + text.length(), tag);
      return;
    }
    ImageReference reference =
        ImageReference.parse(text)
            .orElseThrow(() -> new NoImage("the variable's value is no image's name"));
    requireNoDigest(reference.digest() != null);
    int from = start + reference.tagStart();
    String old = reference.tag();
    int length =
        reference.digest() != null
            ? text.length() - reference.tagStart()
            : old == null ? 0 : old.length();
    put(into, from, from + length, old == null ? ":" + tag : tag);
  }

  private void requireNoDigest(boolean hasDigest) throws NoImage {
    if (hasDigest && !dropDigest) {
      throw new NoImage(
          "its image is pinned by a digest, which a tag does not change; remove the digest, or"
              + " allow it in the runbook: drop-digest: true");
    }
  }

  private static void put(Map<Integer, Replacement> into, int start, int end, String text) {
    into.put(start, new Replacement(start, end, text));
  }
}
