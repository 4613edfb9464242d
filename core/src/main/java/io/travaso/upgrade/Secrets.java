package io.travaso.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.SyncException;
import io.travaso.config.Account;
import io.travaso.config.DatabaseSettings;
import io.travaso.config.RunbookAction;
import io.travaso.config.SecretReference;
import io.travaso.host.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the secrets that programs of a service may write, so that they can be taken out. */
final class Secrets {
  private static final JsonMapper JSON = new JsonMapper();

  private final Workplace workplace;
  private final Set<String> found = new LinkedHashSet<>();

  Secrets(Workplace workplace) {
    this.workplace = workplace;
  }

  Scrubber scrubber() {
    for (DatabaseSettings database : workplace.service().databases().values()) {
      add(database.password());
      Account maintenance = database.maintenance();
      if (maintenance != null) {
        add(maintenance.password());
      }
    }
    workplace.runbook().migrate().forEach(this::add);
    workplace.runbook().after().commands().forEach(this::add);
    containers().forEach(this::addVariables);
    return new Scrubber(found);
  }

  private void add(SecretReference reference) {
    try {
      workplace.secrets().resolve(reference).ifPresent(it -> found.add(it.reveal()));
    } catch (SyncException e) {
      // What can't be read here is in no program of ours either; whoever needs it says so.
    }
  }

  private void add(RunbookAction action) {
    if (action instanceof RunbookAction.Run run && run.program().envFile() != null) {
      try {
        Files.readAllLines(Path.of(run.program().envFile()))
            .forEach(line -> found.add(line.substring(line.indexOf('=') + 1)));
      } catch (IOException e) {
        // The program itself fails for it, and says so.
      }
    }
  }

  /** The containers of the services whose programs are run, and those of the images. */
  private List<String> containers() {
    Set<String> services = new LinkedHashSet<>();
    workplace.runbook().images().forEach(it -> services.add(it.service()));
    workplace
        .runbook()
        .migrate()
        .forEach(
            it -> {
              if (it instanceof RunbookAction.Run run) {
                services.add(run.program().service());
              }
            });
    List<String> ids = new ArrayList<>();
    services.forEach(it -> workplace.project().find(it).ifPresent(one -> ids.add(one.id())));
    return ids;
  }

  private void addVariables(String container) {
    CommandResult result = workplace.docker("inspect", "-f", "{{json .Config.Env}}", container);
    if (!result.succeeded()) {
      return;
    }
    try {
      List<String> variables = JSON.readValue(result.output(), new TypeReference<>() {});
      for (String variable : variables == null ? List.<String>of() : variables) {
        int equals = variable.indexOf('=');
        if (equals > 0 && Scrubber.isSecret(variable.substring(0, equals))) {
          found.add(variable.substring(equals + 1));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("docker inspect wrote no JSON", e);
    }
  }
}
