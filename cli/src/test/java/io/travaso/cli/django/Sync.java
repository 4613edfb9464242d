package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.cli.testing.Surrounded;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code sync export} and {@code sync import} between a database and a file. */
final class Sync {
  private final Path folder;
  private final String set;

  /**
   * The command in a folder.
   *
   * @param set the configuration from {@code tables} on
   */
  Sync(Path folder, String set) {
    this.folder = folder;
    this.set = set;
  }

  /** Exports the set, and gives the result. */
  JsonNode export(TestDatabase database, Path file, String... options) {
    return run(
        database,
        Stream.concat(Stream.of("export", "--output", file.toString()), Stream.of(options)));
  }

  /** Imports a file, and gives the result. */
  JsonNode load(TestDatabase database, Path file, String... options) {
    return run(
        database,
        Stream.concat(
            Stream.of("import", "--input", file.toString(), "--force", "--no-backup"),
            Stream.of(options)));
  }

  /** Imports a file that is not taken; what is said about it. */
  String refuses(TestDatabase database, Path file) {
    return fails(database, "import", "--input", file.toString(), "--force", "--no-backup");
  }

  /** Exports what can't be; what is said about it. */
  String refusesToExport(TestDatabase database, Path file) {
    return fails(database, "export", "--output", file.toString());
  }

  private String fails(TestDatabase database, String... arguments) {
    Surrounded surrounded = surrounded(database);
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--env", "here")).toArray(String[]::new);
    assertThat(surrounded.run(all)).as(() -> surrounded.out().text()).isNotZero();
    return surrounded.err().text();
  }

  private JsonNode run(TestDatabase database, Stream<String> arguments) {
    Surrounded surrounded = surrounded(database);
    int exitCode =
        surrounded.run(
            Stream.concat(arguments, Stream.of("--env", "here", "--json")).toArray(String[]::new));
    assertThat(exitCode).as(() -> surrounded.out().text() + surrounded.err().text()).isZero();
    List<String> lines = surrounded.out().lines();
    try {
      return JsonMapper.builder().build().readTree(lines.get(lines.size() - 1));
    } catch (JsonProcessingException e) {
      throw new AssertionError(surrounded.out().text(), e);
    }
  }

  private Surrounded surrounded(TestDatabase database) {
    try {
      Files.writeString(
          folder.resolve("sync.yaml"),
          """
          environments:
            here:
              database: {url: "%s", password: {env: DB_PASSWORD}}
            elsewhere:
              database: {url: "postgresql://nobody@localhost/nothing", password: {env: DB_PASSWORD}}
          """
                  .formatted(database.url())
              + set);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Surrounded(folder).with("DB_PASSWORD", database.password());
  }
}
