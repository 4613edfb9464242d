package io.travaso.config;

import io.travaso.NearestName;
import io.travaso.SyncException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, checked.
 *
 * @param file where it was read from, absolute
 * @param root the project's folder, absolute: what is relative in the file starts here
 * @param environments by name, in the order of the file
 * @param mode the master's direction; null when both directions are free
 * @param references by the table, as it was written
 * @param columns the rules of columns, by the table as it was written and by column or field
 * @param logFile absolute
 * @param services by name, in the order of the file
 * @param places second places for backups, by name
 * @param masks what becomes of columns before they leave the environment whose data are real
 * @param cloning what a clone does with single tables
 * @param conflicts what is said of conflicts, for all tables
 */
public record SyncConfig(
    Path file,
    Path root,
    Map<String, Environment> environments,
    @Nullable Direction mode,
    Exports exports,
    List<TableEntry> tables,
    List<TableName> exclude,
    Map<TableName, ReferenceRule> references,
    Map<TableName, Map<String, ColumnRule>> columns,
    Path logFile,
    Map<String, ServiceSettings> services,
    Map<String, Place> places,
    Masks masks,
    CloneSettings cloning,
    ConflictSetting conflicts) {

  /** The default of {@code log}. */
  static final String LOG = "logs/sync.log";

  /** The default of {@code exports.directory}. */
  static final String EXPORTS = "fixtures/sync";

  public SyncConfig {
    environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    tables = List.copyOf(tables);
    exclude = List.copyOf(exclude);
    references = Collections.unmodifiableMap(new LinkedHashMap<>(references));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /** A configuration that speaks of tables alone. */
  public SyncConfig(
      Path file,
      Path root,
      Map<String, Environment> environments,
      @Nullable Direction mode,
      Exports exports,
      List<TableEntry> tables,
      List<TableName> exclude,
      Map<TableName, ReferenceRule> references,
      Map<TableName, Map<String, ColumnRule>> columns,
      Path logFile) {
    this(
        file,
        root,
        environments,
        mode,
        exports,
        tables,
        exclude,
        references,
        columns,
        logFile,
        Map.of(),
        Map.of(),
        Masks.NONE,
        CloneSettings.NONE,
        ConflictSetting.NONE);
  }

  /**
   * Reads a file. Everything that is wrong with it is thrown in one {@code CONFIGURATION} error,
   * whose details are the problems with their lines.
   */
  public static SyncConfig read(Path file, Surroundings surroundings) {
    return new ConfigReader(file, surroundings).read();
  }

  /** Reads a text as if it stood in that file. */
  public static SyncConfig parse(String text, Path file, Surroundings surroundings) {
    return new ConfigReader(file, surroundings).read(text);
  }

  /** The environment of that name; an unknown one is a {@code CONFIGURATION} error. */
  public Environment environment(String name) {
    Environment environment = environments.get(name);
    if (environment != null) {
      return environment;
    }
    String known = String.join(", ", environments.keySet());
    throw SyncException.configuration(
        "there is no environment \"" + name + "\" in " + file,
        NearestName.of(name, environments.keySet())
            .map(nearest -> "did you mean \"" + nearest + "\"?")
            .orElse("known are " + known));
  }

  /** The environments that live on this machine. */
  public List<Environment> localEnvironments() {
    return environments.values().stream().filter(Environment::isLocal).toList();
  }

  /** The one environment that lives on this machine; empty when there is none or a choice. */
  public Optional<Environment> localEnvironment() {
    List<Environment> local = localEnvironments();
    return local.size() == 1 ? Optional.of(local.get(0)) : Optional.empty();
  }

  /**
   * SHA-256, in hexadecimal, over what both sides must agree on: tables, matching, exclusions,
   * references, rules of columns and of conflicts. Order, groups, paths and comments don't count.
   */
  public String fingerprint() {
    return Fingerprint.of(this);
  }

  /**
   * The YAML that an environment's own host gets, as {@code HOME/sync-config/sync.yaml}: this
   * environment alone, as a local one, with its paths over there and the same {@link #fingerprint}.
   */
  public String forEnvironment(String name) {
    return EnvironmentYaml.of(this, environment(name));
  }
}
