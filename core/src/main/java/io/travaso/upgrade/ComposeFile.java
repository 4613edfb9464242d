package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.config.Runbook;
import io.travaso.upgrade.UpgradeState.EditedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A compose file on this host, and the {@code .env} beside it: which images it names. */
final class ComposeFile {
  private final TextFile compose;
  private final @Nullable TextFile dotenv;
  private final ComposeTexts texts;

  private ComposeFile(TextFile compose, @Nullable TextFile dotenv, ComposeTexts texts) {
    this.compose = compose;
    this.dotenv = dotenv;
    this.texts = texts;
  }

  /**
   * Reads both.
   *
   * @param environment of the process that runs compose
   */
  static ComposeFile read(Path file, Map<String, String> environment) {
    TextFile compose = TextFile.read(file);
    Path beside = file.resolveSibling(".env");
    TextFile dotenv = Files.exists(beside) ? TextFile.read(beside) : null;
    return new ComposeFile(
        compose,
        dotenv,
        ComposeTexts.of(
            file.toString(), compose.text(), dotenv == null ? null : dotenv.text(), environment));
  }

  /** What changing the tag of these images comes to; nothing is written. */
  TagEdit.Edited edited(List<Runbook.Image> images, String tag) {
    return new TagEdit(texts, tag).apply(images);
  }

  /** The files that an edit changes, each with a copy of what it is now beside it. */
  List<EditedFile> keep(TagEdit.Edited edited) {
    Finding.throwProblems("changing the tag in " + texts.name(), edited.problems());
    List<EditedFile> files = new ArrayList<>();
    if (!edited.texts().compose().equals(texts.compose())) {
      files.add(compose.keep(edited.texts().compose()));
    }
    String changed = edited.texts().dotenv();
    if (dotenv != null && changed != null && !changed.equals(texts.dotenv())) {
      files.add(dotenv.keep(changed));
    }
    return files;
  }

  /** Writes an edit. */
  void write(TagEdit.Edited edited) {
    if (!edited.texts().compose().equals(texts.compose())) {
      compose.write(edited.texts().compose());
    }
    if (dotenv != null && !Objects.equals(edited.texts().dotenv(), texts.dotenv())) {
      dotenv.write(Objects.requireNonNull(edited.texts().dotenv()));
    }
  }

  /** The files that an edit would change, for people. */
  List<String> changes(TagEdit.Edited edited) {
    List<String> files = new ArrayList<>();
    if (!edited.texts().compose().equals(texts.compose())) {
      files.add(compose.file().toString());
    }
    if (dotenv != null && !Objects.equals(edited.texts().dotenv(), texts.dotenv())) {
      files.add(dotenv.file().toString());
    }
    return files;
  }
}
