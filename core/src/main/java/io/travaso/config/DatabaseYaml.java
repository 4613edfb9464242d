package io.travaso.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes what {@link DatabaseReader} reads. */
final class DatabaseYaml {
  private DatabaseYaml() {}

  /** The {@code database} of an environment. */
  static void ofEnvironment(ObjectNode database, DatabaseSettings settings) {
    write(database, settings);
    ContainerSettings container = settings.container();
    if (container != null) {
      ObjectNode node = database.putObject("container");
      put(node, "compose", container.compose());
      put(node, "service", container.service());
      put(node, "profile", container.profile());
      put(node, "docker", container.docker());
      node.put("port", container.port());
    }
  }

  /** A database of a service. */
  static void ofService(ObjectNode database, DatabaseSettings settings) {
    write(database, settings);
    ContainerSettings container = settings.container();
    if (container != null) {
      put(database, "service", container.service());
      database.put("port", container.port());
    }
  }

  private static void write(ObjectNode database, DatabaseSettings settings) {
    database.put("url", DatabaseUrl.of(settings));
    secret(database, "password", settings.password());
    put(database, "tools", settings.tools());
    Account maintenance = settings.maintenance();
    if (maintenance != null) {
      ObjectNode node = database.putObject("maintenance").put("user", maintenance.user());
      secret(node, "password", maintenance.password());
    }
  }

  private static void put(ObjectNode node, String key, @Nullable String value) {
    if (value != null) {
      node.put(key, value);
    }
  }

  /** The reference to a secret; none is not written. */
  static void secret(ObjectNode owner, String key, SecretReference secret) {
    if (secret instanceof SecretReference.FromEnv from) {
      owner.putObject(key).put("env", from.variable());
    } else if (secret instanceof SecretReference.FromFile from) {
      owner.putObject(key).put("file", from.file());
    } else if (secret instanceof SecretReference.FromDotenv from) {
      owner.putObject(key).put("dotenv", from.file()).put("key", from.key());
    } else if (secret instanceof SecretReference.FromCommand from) {
      from.command().forEach(owner.putObject(key).putArray("command")::add);
    }
  }
}
