package io.travaso.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the whole configuration; all its problems are thrown together. */
final class ConfigReader {
  private static final int MOST_KEPT = 100_000;

  private final Path file;
  private final Path root;
  private final Surroundings surroundings;
  private final Problems problems;

  ConfigReader(Path file, Surroundings surroundings) {
    this.file = surroundings.directory().resolve(file).normalize();
    this.root = rootOf(this.file);
    this.surroundings = surroundings;
    this.problems =
        new Problems("the configuration " + this.file, String.valueOf(this.file.getFileName()));
  }

  /** The project's folder: where {@code sync-config/} or else the file itself is. */
  private static Path rootOf(Path file) {
    Path folder = parent(file);
    return folder.endsWith("sync-config") ? parent(folder) : folder;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  SyncConfig read() {
    return read(ConfigFile.text("the configuration", file));
  }

  SyncConfig read(String text) {
    Section section = new Section("", rootMapping(text), problems);
    ConflictSetting conflicts = ConflictReader.read(section, ConflictSetting.NONE);
    TablesReader tables = new TablesReader(section, conflicts);
    Map<String, Environment> environments = environments(section);
    SyncConfig config =
        new SyncConfig(
            file,
            root,
            environments,
            ModeReader.read(section, surroundings, root),
            exports(section),
            tables.tables(),
            tables.exclude(),
            tables.references(),
            new ColumnsReader(section, environments.keySet()).read(),
            surroundings.resolve(section.text("log").orElse(SyncConfig.LOG), root),
            new ServicesReader(section, environments, surroundings, root).read(),
            new PlacesReader(section).read(),
            new MasksReader(section, environments).read(),
            CloneReader.read(section),
            conflicts);
    section.refuseUnknownKeys();
    problems.throwIfAny();
    return config;
  }

  private YamlNode.Mapping rootMapping(String text) {
    YamlNode node = YamlTree.read(text, problems).orElse(null);
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    boolean empty = node == null || (node instanceof YamlNode.Scalar scalar && scalar.isNull());
    String what =
        node == null || empty ? "is empty" : "is " + node.kind() + ", not a group of keys";
    problems.add("", 0, what, "sync init writes one to start from");
    throw problems.exception();
  }

  private Exports exports(Section section) {
    Optional<Section> exports = section.section("exports");
    String directory = exports.flatMap(it -> it.text("directory")).orElse(SyncConfig.EXPORTS);
    int keep = exports.map(it -> it.number("keep", 5, 1, MOST_KEPT)).orElse(5);
    int thorough =
        exports
            .map(it -> it.number("thorough-every", Exports.THOROUGH_EVERY, 0, MOST_KEPT))
            .orElse(Exports.THOROUGH_EVERY);
    exports.ifPresent(Section::refuseUnknownKeys);
    return new Exports(surroundings.resolve(directory, root), keep, thorough);
  }

  private Map<String, Environment> environments(Section section) {
    Map<String, Environment> environments = new LinkedHashMap<>();
    Optional<Section> all = section.section("environments");
    if (!section.has("environments") || all.map(it -> it.keys().isEmpty()).orElse(false)) {
      section.problem("environments", "names no environment", "for example dev and prod");
    }
    EnvironmentReader reader = new EnvironmentReader(surroundings, root);
    for (String name : all.map(it -> List.copyOf(it.keys())).orElse(List.of())) {
      all.flatMap(it -> it.section(name))
          .ifPresent(it -> environments.put(name, reader.read(name, it)));
    }
    all.ifPresent(it -> refuseSameDatabase(it, environments));
    return environments;
  }

  /** Two names for one database: a sync between them would be a sync with itself. */
  private static void refuseSameDatabase(Section section, Map<String, Environment> environments) {
    Map<List<Object>, String> places = new HashMap<>();
    environments.forEach(
        (name, environment) -> {
          DatabaseSettings database = environment.database();
          if (database.database().isEmpty()) {
            return;
          }
          Ssh ssh = environment.ssh();
          List<Object> place =
              List.of(
                  ssh == null ? "" : ssh.host() + ":" + ssh.port(),
                  database.namesContainer() ? database.place() : loopback(database.host()),
                  database.port(),
                  database.database());
          String other = places.putIfAbsent(place, name);
          if (other != null) {
            section.problem(
                name, "has the same database as " + other, "give each environment its own");
          }
        });
  }

  private static String loopback(String host) {
    return List.of("127.0.0.1", "::1").contains(host) ? "localhost" : host;
  }
}
