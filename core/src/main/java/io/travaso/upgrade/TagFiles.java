package io.travaso.upgrade;

import io.travaso.SyncException;
import io.travaso.config.Runbook;
import io.travaso.upgrade.UpgradeState.EditedFile;
import io.travaso.upgrade.UpgradeState.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the new tag into the compose file, and the old one back. */
final class TagFiles {
  private final Workplace workplace;
  private final Journal journal;

  TagFiles(Workplace workplace, Journal journal) {
    this.workplace = workplace;
    this.journal = journal;
  }

  /** What was changed, for people; empty where the tag is there already. */
  String change() {
    ComposeFile file = workplace.composeFile();
    TagEdit.Edited edited = file.edited(workplace.runbook().images(), journal.state().to());
    for (Image image : journal.state().images()) {
      String now = edited.from().getOrDefault(image.service(), image.from());
      if (!now.equals(image.from()) && !now.equals(image.to())) {
        throw SyncException.refused(
            "the image of %s is %s by now; it was %s when the upgrade began"
                .formatted(image.service(), now, image.from()),
            "bring the compose file back, or roll back and begin again");
      }
    }
    List<EditedFile> kept = file.keep(edited);
    if (journal.state().edited().isEmpty()) {
      journal.edited(kept);
    }
    file.write(edited);
    return journal.state().edited().stream()
        .map(it -> it.file() + " (before: " + it.backup() + ")")
        .collect(Collectors.joining(", "));
  }

  /** What was brought back, for people; empty where all is as before. */
  String restore() {
    List<String> done = new ArrayList<>();
    boolean isOurs = true;
    for (EditedFile edited : journal.state().edited()) {
      TextFile file = TextFile.read(Path.of(edited.file()));
      if (file.sha256().equals(edited.sha256After())) {
        file.restore(edited);
        done.add(edited.file() + " as before");
      } else if (!file.sha256().equals(edited.sha256Before())) {
        isOurs = false;
      }
    }
    if (!isOurs) {
      journal.state().images().forEach(image -> restoreTag(image, done));
    }
    return String.join(", ", done);
  }

  /** Somebody changed the file since: nothing but the tag is taken back. */
  private void restoreTag(Image image, List<String> done) {
    ComposeFile file = workplace.composeFile();
    String tag =
        ImageReference.parse(image.from()).map(ImageReference::effectiveTag).orElse("latest");
    TagEdit.Edited edited = file.edited(List.of(new Runbook.Image(image.service())), tag);
    file.keep(edited);
    file.write(edited);
    done.add(image.service() + " has the tag " + tag + " again");
  }
}
