package io.travaso.config;

import io.travaso.NearestName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what becomes of conflicts. */
final class ConflictReader {
  static final String ON_CONFLICT = "on-conflict";
  static final String NEWEST_BY = "newest-by";

  private ConflictReader() {}

  /**
   * Reads it from the section of all tables, or of one.
   *
   * @param forAll what is said for all tables: a column that is named there need not be named again
   */
  static ConflictSetting read(Section section, ConflictSetting forAll) {
    @Nullable OnConflict onConflict =
        section.text(ON_CONFLICT).flatMap(word -> policy(section, word)).orElse(null);
    @Nullable String newestBy = section.text(NEWEST_BY).orElse(null);
    boolean named = section.has(NEWEST_BY) || forAll.newestBy() != null;
    if (onConflict == OnConflict.NEWEST && !named) {
      section.problem(
          ON_CONFLICT,
          "is newest, and no column says which row that is",
          "for example newest-by: modified");
    }
    return new ConflictSetting(onConflict, newestBy);
  }

  private static Optional<OnConflict> policy(Section section, String word) {
    Optional<OnConflict> policy = OnConflict.of(word);
    if (policy.isEmpty()) {
      section.problem(
          ON_CONFLICT,
          "is no way to settle a conflict",
          NearestName.of(word, OnConflict.words())
              .map(nearest -> "did you mean \"" + nearest + "\"?")
              .orElse("known are " + String.join(", ", OnConflict.words())));
    }
    return policy;
  }
}
