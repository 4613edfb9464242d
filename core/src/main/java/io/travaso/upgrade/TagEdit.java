package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.NearestName;
import io.travaso.config.Runbook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Changes the tags of images in the text of a compose file and its {@code .env}, and nothing else.
 * What was changed is read again: every service must have the image it should have afterwards, and
 * the others the one they had.
 */
final class TagEdit {
  private final ComposeTexts before;
  private final String tag;
  private final List<Finding> problems = new ArrayList<>();

  /** By where they begin, so that one scalar that several services share is changed once. */
  private final TreeMap<Integer, Replacement> inCompose = new TreeMap<>();

  private final TreeMap<Integer, Replacement> inDotenv = new TreeMap<>();
  private final Map<String, String> from = new LinkedHashMap<>();
  private final Map<String, String> to = new LinkedHashMap<>();

  /** Text that takes the place of what stands between two places. */
  record Replacement(int start, int end, String text) {}

  /**
   * What comes of it.
   *
   * @param from the images as compose sees them now, by service
   * @param to the images afterwards
   * @param problems why it can't be done; where there are any, the texts are as they were
   */
  record Edited(
      ComposeTexts texts,
      Map<String, String> from,
      Map<String, String> to,
      List<Finding> problems) {}

  TagEdit(ComposeTexts texts, String tag) {
    this.before = texts;
    this.tag = tag;
  }

  Edited apply(List<Runbook.Image> images) {
    images.forEach(this::change);
    if (!problems.isEmpty()) {
      return new Edited(before, from, to, problems);
    }
    ComposeTexts after =
        before.with(
            replaced(before.compose(), inCompose),
            before.dotenv() == null ? null : replaced(before.dotenv(), inDotenv));
    refuseOthers(after);
    return new Edited(problems.isEmpty() ? after : before, from, to, problems);
  }

  private void change(Runbook.Image image) {
    String service = image.service();
    try {
      ScalarNode scalar = before.yaml().image(service);
      int start = before.yaml().start(scalar);
      if (start < 0) {
        throw new ComposeYaml.NoImage(
            "its image is written over several lines or with escapes; write it on one line");
      }
      new TagPlace(before, tag, image.dropDigest(), inCompose, inDotenv)
          .change(scalar.getValue(), start);
      String resolved = before.image(service);
      ImageReference reference =
          ImageReference.parse(resolved)
              .orElseThrow(
                  () ->
                      new ComposeYaml.NoImage(
                          "its image comes out as no image's name; is a variable missing?"));
      from.put(service, resolved);
      to.put(service, reference.with(tag));
      if (image.repository() != null && !reference.isOf(image.repository())) {
        throw new ComposeYaml.NoImage(
            "its image is of " + reference.repository() + ", not of " + image.repository());
      }
    } catch (ComposeYaml.NoImage e) {
      problems.add(problem(service, String.valueOf(e.getMessage())));
    }
  }

  private Finding problem(String service, String why) {
    String hint =
        why.equals("there is no such service")
            ? NearestName.of(service, before.yaml().services())
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("it has " + String.join(", ", before.yaml().services()))
            : "";
    return Finding.problem(
        "the tag of " + service + " in " + before.name() + " can't be changed: " + why, hint);
  }

  /** One line may be the image of several services: those that nobody named must not change. */
  private void refuseOthers(ComposeTexts after) {
    for (String service : before.yaml().services()) {
      String was = imageOrEmpty(before, service);
      String is = imageOrEmpty(after, service);
      String wanted = to.getOrDefault(service, was);
      if (is.equals(wanted)) {
        continue;
      }
      problems.add(
          Finding.problem(
              to.containsKey(service)
                  ? "the tag of " + service + " in " + before.name() + " would become another one"
                  : service + " has its image by the same line as others, and would change too",
              to.containsKey(service)
                  ? "write its image as REPOSITORY:TAG"
                  : "name it under images in the runbook, or give it a line of its own"));
    }
  }

  private static String imageOrEmpty(ComposeTexts texts, String service) {
    try {
      return texts.image(service);
    } catch (ComposeYaml.NoImage e) {
      // A service without one has none before and after.
      return "";
    }
  }

  private static String replaced(
      @Nullable String text, NavigableMap<Integer, Replacement> replacements) {
    StringBuilder result = new StringBuilder(Objects.requireNonNull(text));
    for (Replacement it : replacements.descendingMap().values()) {
      result.replace(it.start(), it.end(), it.text());
    }
    return result.toString();
  }
}
