package io.travaso.upgrade;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image as a compose file names it: {@code registry:5000/path/name:tag@sha256:…}. Docker's own
 * grammar (distribution/reference).
 *
 * @param repository with the registry, without tag and digest
 * @param tag null where none is written, which means {@code latest}
 * @param digest {@code sha256:…}; null where none is written
 * @param tagStart where the tag begins in the text; where there is none, where {@code :tag} belongs
 */
record ImageReference(
    String repository, @Nullable String tag, @Nullable String digest, int tagStart) {

  /** Docker's: letters, digits and {@code _ . -}, up to 128. */
  static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<repository>(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\\.|__?|-+|/)[a-z0-9]+)*)"
              + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
              + "(?:@(?<digest>[A-Za-z0-9_+.-]+:[0-9a-fA-F]{32,}))?");

  /** Empty where the text is no image's name. */
  static Optional<ImageReference> parse(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String tag = matcher.group("tag");
    return Optional.of(
        new ImageReference(
            matcher.group("repository"),
            tag,
            matcher.group("digest"),
            tag == null ? matcher.end("repository") : matcher.start("tag")));
  }

  /** The tag it means. */
  String effectiveTag() {
    return tag == null ? "latest" : tag;
  }

  /** Whether the repository is called so, whatever registry and folders stand before it. */
  boolean isOf(String name) {
    return repository.equals(name) || repository.endsWith("/" + name);
  }

  /** The same image with another tag and without a digest. */
  String with(String newTag) {
    return repository + ":" + newTag;
  }
}
