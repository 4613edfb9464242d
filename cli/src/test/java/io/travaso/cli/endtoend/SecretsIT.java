package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Passwords are nowhere but where they were put, and files are their owner's alone. */
class SecretsIT {

  @Test
  @Holds(value = "G1", as = Outcome.EXACT)
  void noPasswordInCommandLinesOutputOrFiles() throws IOException {
    try (Project project = Project.everyday()) {
      String password = project.prod().database().password();
      Path tools = spies(project);
      project.tools(tools);

      Started run = project.startAtTerminal("dev-to-prod").saying("Type prod");
      assertThat(Secrets.commandLines()).noneMatch(line -> line.contains(password));
      run.type("prod\ny\ny\n");
      run.ended().exits(0).doesNotSay(password);
      project.sync("rollback-last-sync", "--force", "--json").exits(0).doesNotSay(password);
      project.sync("doctor").exits(0).doesNotSay(password);

      String calls = Project.read(tools.resolve("calls"));
      assertThat(calls).contains("pg_dump", "pg_restore").doesNotContain(password);
      assertThat(Secrets.filesWith(password, project.folder())).isEmpty();
      everyFileIsPrivate(project);
    }
  }

  /** PostgreSQL's programs, whose arguments are written down before they run. */
  private static Path spies(Project project) throws IOException {
    Path real = project.prod().database().server().dumpDirectory().orElseThrow();
    Path tools = Files.createDirectory(project.folder().resolve("tools"));
    for (String name : List.of("pg_dump", "pg_restore")) {
      Path script = tools.resolve(name);
      Files.writeString(
          script,
          "#!/bin/sh\necho \"%s $*\" >>%s/calls\nexec %s/%s \"$@\"\n"
              .formatted(name, tools, real, name));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
    return tools;
  }

  private static void everyFileIsPrivate(Project project) throws IOException {
    for (String name : List.of("logs", "exports", "backups-prod")) {
      try (Stream<Path> files = Files.walk(project.folder().resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Project.mode(file)).as(file.toString()).isEqualTo("rw-------");
        }
      }
    }
  }
}
