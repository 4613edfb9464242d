package io.travaso.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code places}. */
final class PlacesReader {
  private static final int MOST_KEPT = 100_000;

  private final Section section;

  PlacesReader(Section section) {
    this.section = section;
  }

  Map<String, Place> read() {
    Map<String, Place> places = new LinkedHashMap<>();
    Optional<Section> all = section.section("places");
    if (all.isPresent()) {
      for (String name : all.get().keys()) {
        all.get().section(name).ifPresent(it -> places.put(name, place(name, it)));
      }
    }
    return places;
  }

  private static Place place(String name, Section place) {
    if (!name.matches(ServicesReader.NAME)) {
      place.problem("", "is not a name for a place", ServicesReader.NAME_HINT);
    }
    if (!place.has("ssh")) {
      place.missing("ssh", "{host: backups.example.it, user: backup}");
    }
    Optional<Section> ssh = place.section("ssh");
    String directory = place.requiredText("directory", "/srv/backups");
    if (!directory.isEmpty() && !directory.matches("(~?/).*")) {
      place.problem("directory", "is not an absolute path", "write it from / on, or begin with ~/");
    }
    int keep = place.number("keep", 3, 1, MOST_KEPT);
    Place read =
        new Place(
            name,
            ssh.map(it -> SshReader.word(it, "host", "backups.example.it")).orElse(""),
            ssh.map(it -> it.number("port", 22, 1, 65535)).orElse(22),
            ssh.map(it -> SshReader.word(it, "user", "backup")).orElse(""),
            ssh.map(it -> file(it, "identity", "~/.ssh/id_ed25519")).orElse(""),
            ssh.map(it -> file(it, "known-hosts", "~/.ssh/known_hosts")).orElse(""),
            directory,
            keep);
    ssh.ifPresent(Section::refuseUnknownKeys);
    place.refuseUnknownKeys();
    return read;
  }

  /** On the environment's own host, which may be another one: only there ~ is known. */
  private static String file(Section ssh, String key, String otherwise) {
    String written = ssh.text(key).orElse(otherwise);
    if (!written.matches("(~?/).*")) {
      ssh.problem(
          key, "is not an absolute path", "write it from / on, or begin with ~/, the home there");
    }
    return written;
  }
}
