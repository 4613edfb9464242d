package io.travaso.site;

import io.travaso.Finding;
import io.travaso.backup.Backup;
import io.travaso.config.Account;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.Environment;
import io.travaso.config.SecretReference;
import io.travaso.config.SecretResolver;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.container.Container;
import io.travaso.container.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What doctor looks at on an environment's own host. */
final class LocalCheckHost {
  private final SyncConfig config;
  private final Environment environment;
  private final Surroundings surroundings;
  private final Clock clock;
  private final List<Finding> findings;

  LocalCheckHost(
      SyncConfig config,
      Environment environment,
      Surroundings surroundings,
      Clock clock,
      List<Finding> findings) {
    this.config = config;
    this.environment = environment;
    this.surroundings = surroundings;
    this.clock = clock;
    this.findings = findings;
  }

  /** Files with secrets that others can read. */
  void secrets() {
    Account maintenance = environment.database().maintenance();
    SecretResolver resolver = new SecretResolver(surroundings, config.root());
    Stream.of(
            Stream.of(environment.database().password()),
            Stream.ofNullable(maintenance).map(Account::password),
            Stream.ofNullable(environment.readFrom()).map(DatabaseSettings::password),
            environment.isProtected()
                ? Stream.of(config.masks().key())
                : Stream.<SecretReference>empty())
        .flatMap(secrets -> secrets)
        .flatMap(secret -> resolver.warnings(secret).stream())
        .distinct()
        .forEach(what -> findings.add(Finding.warning(environment.name() + ": " + what, "")));
  }

  /** The container of the database, and the way to it. */
  void container(Reach reach) {
    Container container = reach.container().orElse(null);
    if (container == null) {
      return;
    }
    DatabaseSettings settings = environment.database();
    ok(
        "%s is the container %s, image %s%s"
            .formatted(
                Objects.requireNonNull(settings.container()).place(),
                container.name(),
                container.image(),
                container.health().map(it -> ", " + it).orElse("")));
    Endpoint endpoint = reach.endpoint().orElse(null);
    int inside = settings.container().port();
    if (endpoint != null) {
      ok("reached by %s, %s:%d".formatted(endpoint.way(), endpoint.host(), endpoint.port()));
    } else if (!container.answersAt(settings.host(), settings.port(), inside)) {
      findings.add(
          Finding.warning(
              "%s: %s:%d may be another server than that of the container %s"
                  .formatted(
                      environment.name(), settings.host(), settings.port(), container.name()),
              "Write `container` as the URL's host, and the way to it is looked up."));
    }
    if (container.isPublishedEverywhere(inside)) {
      findings.add(
          Finding.warning(
              "%s: port %d of the container %s is published on every address of the host, past its"
                      .formatted(environment.name(), inside, container.name())
                  + " firewall",
              "Publish it on this host alone: ports: [\"127.0.0.1:%d:%d\"]."
                  .formatted(inside, inside)));
    }
  }

  /** Whether the folder of the backups can be written to, and how old the last one is. */
  void backups(LocalBackups backups) {
    writable(Path.of(environment.backups().directory()), "backups");
    List<Backup> all = backups.list();
    if (all.isEmpty()) {
      ok("no backup yet; the first sync takes one");
    } else {
      Backup last = all.get(0);
      Duration age = Duration.between(last.takenAt(), clock.instant());
      ok(
          "backups: %d, the last one %s, %s old"
              .formatted(all.size(), last.name(), told(age.isNegative() ? Duration.ZERO : age)));
    }
  }

  private static String told(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
  }

  /** Whether the folder of the exports can be written to. */
  void exports() {
    writable(config.exports().directory(), "exports");
  }

  private void writable(Path directory, String what) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      findings.add(
          Finding.failure(
              "%s: %s can't be made for %s: %s is a file"
                  .formatted(environment.name(), directory, what, existing),
              "Name another folder under `" + what + "`."));
    } else if (!Files.isWritable(existing)) {
      findings.add(
          Finding.failure(
              "%s: %s can't be written to by this user".formatted(environment.name(), existing),
              "Give it to the user who runs this, or name another folder under `" + what + "`."));
    } else {
      ok(what + " go to " + directory);
    }
  }

  private void ok(String what) {
    findings.add(Finding.ok(environment.name() + ": " + what));
  }
}
