package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.SyncException;
import io.travaso.config.Runbook;
import io.travaso.config.ServiceSettings;
import io.travaso.container.Image;
import io.travaso.service.ServiceBackup;
import io.travaso.upgrade.UpgradeState.Mark;
import io.travaso.upgrade.UpgradeState.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out what an upgrade of a service to a tag comes to; changes nothing. */
final class Planning {
  private final Workplaces workplaces;
  private final StateStore store;
  private final String service;
  private final String yaml;
  private final String tag;
  private final ServiceSettings settings;
  private final ComposeFile file;
  private final TagEdit.Edited edited;

  Planning(Workplaces workplaces, StateStore store, String service, String yaml, String tag) {
    if (!ImageReference.TAG.matcher(tag).matches()) {
      throw SyncException.configuration(
          "\"" + tag + "\" is no image's tag", "letters, digits and _ . -, for example 29.0.4-fpm");
    }
    this.workplaces = workplaces;
    this.store = store;
    this.service = service;
    this.yaml = yaml;
    this.tag = tag;
    this.settings = workplaces.settings(service);
    Runbook runbook = Workplaces.runbook(service, yaml, Map.of());
    this.file = ComposeFile.read(Path.of(settings.compose()), System.getenv());
    this.edited = file.edited(runbook.images(), tag);
  }

  String service() {
    return service;
  }

  String yaml() {
    return yaml;
  }

  String tag() {
    return tag;
  }

  ServiceSettings settings() {
    return settings;
  }

  TagEdit.Edited edited() {
    return edited;
  }

  /** The tag now; that of the first image where they have different ones. */
  String from() {
    return edited.from().values().stream()
        .findFirst()
        .flatMap(ImageReference::parse)
        .map(ImageReference::effectiveTag)
        .orElse("");
  }

  Workplace workplace(String from) {
    return workplaces.open(service, yaml, from, tag);
  }

  /** An upgrade that was begun, that changed something, and that is not finished. */
  Optional<UpgradeState> unfinished() {
    return store.find(service).filter(Planning::isHalfWay);
  }

  /** Whether more than a look and a pull was begun. */
  static boolean isHalfWay(UpgradeState state) {
    return state.isUnfinished() && state.begun(UpgradeStep.QUIESCE);
  }

  /** The state to go on from; refused where it can only be taken back. */
  UpgradeState continued(UpgradeState state) {
    whyNot(state)
        .ifPresent(
            finding -> {
              throw SyncException.refused(finding.what(), finding.hint());
            });
    return state;
  }

  private Optional<Finding> whyNot(UpgradeState state) {
    if (state.status() == Status.ROLLING_BACK) {
      return Optional.of(
          Finding.refusal(
              state.standing() + " is not finished",
              "finish it: sync upgrade " + service + " --rollback"));
    }
    if (!state.to().equals(tag)) {
      return Optional.of(
          Finding.refusal(
              state.standing() + " is not finished; to " + tag + " comes later",
              Upgrades.goOn(state)));
    }
    if (state.begun(UpgradeStep.MIGRATE) && !state.done(UpgradeStep.MIGRATE)) {
      boolean hasFailed =
          state.step(UpgradeStep.MIGRATE).filter(it -> it.mark() == Mark.FAILED).isPresent();
      return Optional.of(
          Finding.refusal(
              hasFailed
                  ? "the migration of " + service + " to " + tag + " failed, and is not tried again"
                  : "the migration of "
                      + service
                      + " to "
                      + tag
                      + " was begun, and nobody knows how it ended: it is not tried again",
              "bring back "
                  + state.from()
                  + " and its data: sync upgrade "
                  + service
                  + " --rollback"));
    }
    Set<String> before = new HashSet<>();
    state.images().forEach(it -> before.add(it.service()));
    if (!before.equals(edited.to().keySet())) {
      return Optional.of(
          Finding.refusal(
              "the runbook names other images than when the upgrade of " + service + " began",
              Upgrades.goOn(state)));
    }
    return Optional.empty();
  }

  UpgradePlan plan() {
    Optional<UpgradeState> unfinished = unfinished();
    String from = unfinished.map(UpgradeState::from).orElseGet(this::from);
    Workplace workplace = workplace(from);
    Programs programs = new Programs(workplace);
    List<Finding> findings = new ArrayList<>();
    if (unfinished.isPresent()) {
      whyNot(unfinished.get()).ifPresent(findings::add);
    } else {
      findings.addAll(new Preflight(workplace, programs, tag).look(edited));
    }
    boolean isThere = unfinished.isEmpty() && isThere(workplace);
    Optional<ServiceBackup> last = Preflight.newest(workplace);
    String folder = settings.backups().directory();
    return new UpgradePlan(
        service,
        workplaces.environment().name(),
        from,
        tag,
        images(workplace),
        new PlanLines(workplace, file, edited).steps(),
        findings,
        folder,
        workplace.engine().host().freeBytes(folder).orElse(-1L),
        last.map(ServiceBackup::name).orElse(null),
        last.map(it -> it.contents().takenAt()).orElse(null),
        workplace.runbook().preflight().releaseNotes(),
        unfinished.map(UpgradeState::standing).orElse(null),
        isThere);
  }

  /** Whether the images are those; where they are pulled, only a pull tells. */
  private boolean isThere(Workplace workplace) {
    boolean canBeTold =
        edited.problems().isEmpty()
            && !workplace.runbook().pull()
            && edited.to().keySet().stream()
                .allMatch(it -> workplace.project().find(it).isPresent());
    return canBeTold && Images.isThere(new Images(workplace).present(edited));
  }

  private List<UpgradePlan.Image> images(Workplace workplace) {
    List<UpgradePlan.Image> images = new ArrayList<>();
    edited
        .to()
        .forEach(
            (name, to) -> {
              String from = edited.from().getOrDefault(name, "");
              long fromBytes =
                  workplace
                      .project()
                      .find(name)
                      .flatMap(it -> workplace.engine().image(it.imageId()))
                      .map(Image::bytes)
                      .orElse(-1L);
              long toBytes = workplace.engine().image(to).map(Image::bytes).orElse(-1L);
              images.add(new UpgradePlan.Image(name, from, to, fromBytes, toBytes));
            });
    return images;
  }
}
