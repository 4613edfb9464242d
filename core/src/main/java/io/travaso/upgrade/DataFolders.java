package io.travaso.upgrade;

import io.travaso.Finding;
import io.travaso.config.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an upgrade of a database's server itself needs: an older server does not read a newer one's
 * data folder, so that the folder has to be in the backup.
 */
final class DataFolders {
  private static final List<String> POSTGRES =
      List.of("postgres", "postgresql", "postgis", "pgvector", "timescaledb", "postgres-ssl");

  private final Workplace workplace;

  DataFolders(Workplace workplace) {
    this.workplace = workplace;
  }

  List<Finding> look(TagEdit.Edited edited) {
    List<Finding> findings = new ArrayList<>();
    edited
        .to()
        .forEach(
            (service, to) ->
                postgres(service, edited.from().getOrDefault(service, ""), to)
                    .ifPresent(findings::add));
    Set<String> servers = ofImages();
    Set<String> archived =
        workplace.service().volumes().values().stream()
            .map(it -> it.service())
            .collect(Collectors.toSet());
    servers.stream()
        .filter(it -> !archived.contains(it))
        .forEach(
            it ->
                findings.add(
                    Finding.problem(
                        it
                            + " is a database's server, and its data folder is in no volume of "
                            + workplace.service().name(),
                        "name it under volumes in the configuration: an older server does not read"
                            + " a newer one's data, so the way back needs it")));
    return findings;
  }

  /** The compose services whose image changes and that are a database's server. */
  Set<String> ofImages() {
    Set<String> images =
        workplace.runbook().images().stream().map(it -> it.service()).collect(Collectors.toSet());
    return workplace.service().databases().values().stream()
        .flatMap(it -> server(it).stream())
        .filter(images::contains)
        .collect(Collectors.toSet());
  }

  /** The databases whose server is among the images: their folders come back, not their dumps. */
  Set<String> databases() {
    Set<String> servers = ofImages();
    return workplace.service().databases().entrySet().stream()
        .filter(it -> server(it.getValue()).filter(servers::contains).isPresent())
        .map(it -> it.getKey())
        .collect(Collectors.toSet());
  }

  private static Optional<String> server(DatabaseSettings database) {
    return Optional.ofNullable(database.container())
        .flatMap(it -> Optional.ofNullable(it.service()));
  }

  private static Optional<Finding> postgres(String service, String from, String to) {
    Optional<ImageReference> image = ImageReference.parse(to);
    if (image.isEmpty() || POSTGRES.stream().noneMatch(it -> image.get().isOf(it))) {
      return Optional.empty();
    }
    Optional<Versions> old =
        ImageReference.parse(from).flatMap(it -> Versions.of(it.effectiveTag()));
    Optional<Versions> next = Versions.of(image.get().effectiveTag());
    if (old.isPresent() && next.isPresent() && old.get().major() == next.get().major()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.refusal(
            "%s: another major version of PostgreSQL does not read the data folder of %s"
                .formatted(service, from),
            "Give the new version a server and a data folder of its own, and load a dump there;"
                + " minor versions are upgraded here"));
  }
}
