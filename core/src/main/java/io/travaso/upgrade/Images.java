package io.travaso.upgrade;

import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.container.Container;
import io.travaso.container.Image;
import io.travaso.host.CommandResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images of an upgrade on this host: what runs, what is fetched, what is named how. */
final class Images {
  private final Workplace workplace;

  Images(Workplace workplace) {
    this.workplace = workplace;
  }

  /**
   * What runs now, and what is to run.
   *
   * @param edited the compose file with the new tag
   */
  List<UpgradeState.Image> present(TagEdit.Edited edited) {
    List<UpgradeState.Image> images = new ArrayList<>();
    edited
        .to()
        .forEach(
            (service, to) -> {
              Container container = workplace.project().container(service);
              Optional<Image> known = workplace.engine().image(to);
              images.add(
                  new UpgradeState.Image(
                      service,
                      edited.from().getOrDefault(service, container.image()),
                      to,
                      container.imageId(),
                      container.digest().orElse(null),
                      known.map(Image::id).orElse(null),
                      known.flatMap(it -> it.digests().stream().findFirst()).orElse(null)));
            });
    return images;
  }

  /** Whether the tags are in the compose file already, and the containers run these images. */
  static boolean isThere(List<UpgradeState.Image> images) {
    return images.stream()
        .allMatch(it -> it.from().equals(it.to()) && it.fromId().equals(it.toId()));
  }

  /**
   * Fetches the new images, or makes sure they are here.
   *
   * @return the same images with what is known of the new ones
   */
  List<UpgradeState.Image> pulled(List<UpgradeState.Image> images, Progress progress) {
    Set<String> wanted = new LinkedHashSet<>();
    images.forEach(it -> wanted.add(it.to()));
    for (String reference : wanted) {
      if (workplace.runbook().pull()) {
        progress.at("pull " + reference, 0, 0);
        CommandResult result = workplace.docker("pull", "-q", reference);
        if (!result.succeeded()) {
          throw new SyncException(
              SyncException.Kind.FAILED,
              "the image " + reference + " could not be pulled",
              "see whether this tag exists; where the image is made on this host, the runbook says"
                  + " pull: never",
              result.errorLines());
        }
      }
    }
    List<UpgradeState.Image> all = new ArrayList<>();
    for (UpgradeState.Image it : images) {
      Image image = required(it.to());
      all.add(
          new UpgradeState.Image(
              it.service(),
              it.from(),
              it.to(),
              it.fromId(),
              it.fromDigest(),
              image.id(),
              image.digests().stream().findFirst().orElse(null)));
    }
    return all;
  }

  private Image required(String reference) {
    return workplace
        .engine()
        .image(reference)
        .orElseThrow(
            () ->
                SyncException.failed(
                    "the image " + reference + " is not on this host",
                    "make it, or let it be pulled"));
  }

  /**
   * Gives an old image its old name back, where that belongs to another one by now or the image was
   * removed.
   *
   * @return what was done, for people
   */
  List<String> bringBack(List<UpgradeState.Image> images) {
    List<String> done = new ArrayList<>();
    for (UpgradeState.Image it : images) {
      Optional<Image> named = workplace.engine().image(it.from());
      if (named.filter(image -> image.id().equals(it.fromId())).isPresent()) {
        continue;
      }
      if (workplace.engine().image(it.fromId()).isEmpty()) {
        pullOld(it);
      }
      succeed(workplace.docker("tag", it.fromId(), it.from()), "name the old image " + it.from());
      done.add(it.from() + " is " + it.fromId() + " again");
    }
    return done;
  }

  private void pullOld(UpgradeState.Image image) {
    String digest = image.fromDigest();
    if (digest == null) {
      throw SyncException.failed(
          "the old image "
              + image.fromId()
              + " of "
              + image.service()
              + " is not on this host any more",
          "make it again, and name it " + image.from());
    }
    succeed(workplace.docker("pull", "-q", digest), "pull the old image " + digest);
  }

  private static void succeed(CommandResult result, String what) {
    if (!result.succeeded()) {
      throw new SyncException(
          SyncException.Kind.FAILED, "could not " + what, "", result.errorLines());
    }
  }
}
