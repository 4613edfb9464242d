package io.travaso.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a runbook as strictly as the configuration; all its problems are thrown together. */
final class RunbookReader {
  private static final int MOST_STEPS = 100;

  private final Map<String, String> values;
  private final Problems problems;

  /**
   * A reader.
   *
   * @param values of the variables; empty to leave them as they are
   */
  RunbookReader(String name, Map<String, String> values) {
    this.values = Map.copyOf(values);
    this.problems = new Problems("the runbook " + name, name);
  }

  Runbook read(String yaml) {
    YamlNode node =
        YamlTree.read(yaml, problems)
            .map(written -> RunbookTexts.filled(written, values))
            .orElse(null);
    if (!(node instanceof YamlNode.Mapping mapping)) {
      problems.add("", 0, "is no group of keys", "begin with service: NAME");
      throw problems.exception();
    }
    Section root = new Section("", mapping, problems);
    Runbook runbook =
        new Runbook(
            root.requiredText("service", "nextcloud"),
            images(root),
            preflight(root),
            root.section("quiesce").map(RunbookReader::quiesce).orElse(null),
            pull(root),
            migrate(root),
            root.texts("start"),
            RunbookCheckReader.checks(root, "smoke", RunbookCheckReader.SMOKE),
            after(root),
            rollback(root));
    refuseOldContainers(root, runbook);
    if (runbook.smoke().isEmpty() && !root.has("smoke")) {
      root.missing("smoke", "[{http: {url: \"http://127.0.0.1:8080/\", status: 200}}]");
    }
    root.refuseUnknownKeys();
    problems.throwIfAny();
    return runbook;
  }

  private static List<Runbook.Image> images(Section root) {
    List<Runbook.Image> images = new ArrayList<>();
    if (!root.has("images")) {
      root.missing("images", "{app: {repository: nextcloud}}");
    } else if (root.node("images").orElseThrow() instanceof YamlNode.Mapping) {
      Section section = root.section("images").orElseThrow();
      for (String service : section.keys()) {
        section.section(service).ifPresent(it -> images.add(image(service, it)));
      }
    } else {
      root.texts("images").forEach(it -> images.add(new Runbook.Image(it)));
    }
    Set<String> names = new HashSet<>();
    for (Runbook.Image image : images) {
      if (!names.add(image.service())) {
        root.problem("images", "names " + image.service() + " twice", "");
      }
    }
    if (root.has("images") && images.isEmpty()) {
      root.problem("images", "names no compose service", "for example [app]");
    }
    return images;
  }

  private static Runbook.Image image(String service, Section section) {
    Runbook.Image image =
        new Runbook.Image(
            service,
            section.text("repository").orElse(null),
            section.flag("drop-digest", false),
            data(section));
    section.refuseUnknownKeys();
    return image;
  }

  private static @Nullable String data(Section section) {
    String data = section.text("data").orElse(null);
    if (data != null && !data.matches("/.*[^/]")) {
      section.problem("data", "is no folder in a container", "for example /var/lib/mysql");
    }
    return data;
  }

  private static Runbook.Preflight preflight(Section root) {
    Optional<Section> section = root.section("preflight");
    if (section.isEmpty()) {
      return Runbook.Preflight.NONE;
    }
    Section it = section.get();
    Runbook.Preflight preflight =
        new Runbook.Preflight(
            Amounts.bytes(it, "disk"),
            RunbookTexts.text(it, "release-notes").orElse(null),
            Amounts.duration(it, "backup-not-older-than").orElse(null),
            it.has("major-steps") ? it.number("major-steps", 1, 0, MOST_STEPS) : null,
            RunbookCheckReader.checks(it, "checks", RunbookCheckReader.ONCE));
    it.refuseUnknownKeys();
    return preflight;
  }

  private static ServiceSettings.Quiesce quiesce(Section section) {
    ServiceSettings.Quiesce quiesce =
        new ServiceSettings.Quiesce(
            section.texts("stop"),
            section.texts("pause"),
            commands(section, "before"),
            commands(section, "after"));
    section.refuseUnknownKeys();
    return quiesce;
  }

  private static List<ServiceSettings.ServiceCommand> commands(Section section, String key) {
    return RunbookTexts.sections(section, key).stream().map(RunbookReader::command).toList();
  }

  private static ServiceSettings.ServiceCommand command(Section section) {
    String service = section.requiredText("service", "app");
    String user = section.text("user").orElse(null);
    List<String> argv = RunbookTexts.argv(section);
    section.refuseUnknownKeys();
    return new ServiceSettings.ServiceCommand(service, user, argv);
  }

  private static boolean pull(Section root) {
    String word = root.text("pull").orElse("always");
    if (!Set.of("always", "never").contains(word)) {
      root.problem("pull", "is neither always nor never", "");
    }
    return !word.equals("never");
  }

  /** What to run, or the word that says that the images migrate by themselves. */
  private static List<RunbookAction> migrate(Section root) {
    if (!root.has("migrate")) {
      root.missing(
          "migrate", "at-start, where the image migrates by itself, or a list of commands");
      return List.of();
    }
    if (root.node("migrate").orElseThrow() instanceof YamlNode.Scalar scalar) {
      if (!scalar.text().equals("at-start")) {
        root.problem("migrate", "is neither at-start nor a list of commands", "");
      }
      return List.of();
    }
    return RunbookActionReader.actions(root, "migrate");
  }

  private static Runbook.After after(Section root) {
    return root.section("after")
        .map(
            section -> {
              Runbook.After after =
                  new Runbook.After(
                      RunbookActionReader.actions(section, "commands"),
                      section.flag("backup", false));
              section.refuseUnknownKeys();
              return after;
            })
        .orElse(Runbook.After.NONE);
  }

  private static Runbook.Rollback rollback(Section root) {
    return root.section("rollback")
        .map(
            section -> {
              List<RunbookCheck> smoke =
                  section.has("smoke")
                      ? RunbookCheckReader.checks(section, "smoke", RunbookCheckReader.SMOKE)
                      : null;
              Runbook.Rollback rollback =
                  new Runbook.Rollback(RunbookActionReader.actions(section, "commands"), smoke);
              section.refuseUnknownKeys();
              return rollback;
            })
        .orElse(Runbook.Rollback.NONE);
  }

  /** What migrates must be the new version. */
  private static void refuseOldContainers(Section root, Runbook runbook) {
    Set<String> old = new HashSet<>();
    runbook.images().forEach(it -> old.add(it.service()));
    for (RunbookAction action : runbook.migrate()) {
      if (action instanceof RunbookAction.Up up) {
        old.removeAll(up.services());
      } else if (action instanceof RunbookAction.Run run
          && !run.program().oneOff()
          && old.contains(run.program().service())) {
        String service = run.program().service();
        root.problem(
            "migrate",
            "runs a program in " + service + ", whose container is still of the old image",
            "put - up: [" + service + "] before it, or one-off: true beside it");
      }
    }
  }
}
