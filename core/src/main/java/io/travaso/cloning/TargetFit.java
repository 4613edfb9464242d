package io.travaso.cloning;

import io.travaso.Finding;
import io.travaso.config.Environment;
import io.travaso.database.ServerFacts;
import io.travaso.host.LocalHost;
import io.travaso.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a target can become a clone of a source at all. */
final class TargetFit {
  private final CloneSide side;
  private final CloneSource source;
  private final List<Finding> findings = new ArrayList<>();

  TargetFit(CloneSide side, CloneSource source) {
    this.side = side;
    this.source = source;
  }

  /** Throws all problems together. */
  void require(ServerFacts server, Choice choice, Optional<String> dataDirectory) {
    Environment target = side.environment();
    if (target.isProtected()) {
      findings.add(
          Finding.refusal(
              target.name() + " is protected: nothing is ever cloned into it",
              "Clone from it, or take `protected` out of its configuration for good."));
    }
    if (target.name().equals(source.environment())) {
      findings.add(
          Finding.refusal(
              target.name() + " would be cloned into itself", "Name two environments."));
    }
    if (!server.engine().equals(source.engine())) {
      findings.add(
          Finding.refusal(
              "%s is on %s and %s on %s: a whole database stays on its engine"
                  .formatted(source.environment(), source.engine(), target.name(), server.engine()),
              "Move its tables instead: sync prod-to-dev goes from engine to engine."));
    } else if (server.major() < source.major()) {
      findings.add(
          Finding.refusal(
              "%s runs version %s of the server, older than %s of %s"
                  .formatted(
                      target.name(), server.version(), source.version(), source.environment()),
              "Upgrade the target's server, or move tables with sync prod-to-dev."));
    }
    if (!side.config().fingerprint().equals(source.fingerprint())) {
      findings.add(
          Finding.refusal(
              "The two hosts have different configurations of the tables",
              "Deploy the same to both: sync deploy."));
    }
    keptTables(choice);
    dataDirectory.ifPresent(this::room);
    Finding.throwProblems(
        "%s can't become a clone of %s".formatted(target.name(), source.environment()), findings);
  }

  /** Both databases stand side by side for a while; seen only where the server is on this host. */
  private void room(String directory) {
    boolean here =
        side.environment().database().container() == null
            && List.of("localhost", "127.0.0.1", "::1").contains(side.settings().host())
            && Files.isDirectory(Path.of(directory));
    if (here) {
      try (LocalHost host = new LocalHost()) {
        host.freeBytes(directory)
            .filter(free -> free < source.databaseBytes())
            .ifPresent(
                free ->
                    findings.add(
                        Finding.refusal(
                            "%s has %d MB free, and the clone needs about %d MB beside the old one"
                                .formatted(directory, free >> 20, source.databaseBytes() >> 20),
                            "Make room on the target's host.")));
      }
    }
  }

  /** A table whose rows stay must have a place to stay in. */
  private void keptTables(Choice choice) {
    Map<String, CloneTable> known = new HashMap<>();
    source.tables().forEach(t -> known.put(t.table(), t));
    for (Table table : choice.tables(Origin.TARGET)) {
      CloneTable there = known.get(table.id().toString());
      if (there == null) {
        findings.add(
            Finding.refusal(
                "%s is excluded, so its rows stay, but %s has no such table"
                    .formatted(choice.label(table), source.environment()),
                "Take it out of exclude: it is lost then. Or make it in the source."));
      } else if (there.origin() == Origin.SOURCE) {
        findings.add(
            Finding.refusal(
                "%s keeps its rows here and is cloned there".formatted(choice.label(table)),
                "Deploy the same configuration to both hosts."));
      }
    }
  }
}
