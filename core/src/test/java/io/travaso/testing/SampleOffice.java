package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample application of the scripts: an accounting office, with about so many rows. */
public final class SampleOffice {
  private static final Path FOLDER = find();

  private SampleOffice() {}

  private static Path find() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve("scripts/sample"))) {
        return p.resolve("scripts");
      }
    }
    throw new IllegalStateException("The tests run outside the project");
  }

  /** A script of the project. */
  public static Path script(String name) {
    return FOLDER.resolve(name);
  }

  /** The tables, and nothing in them. */
  public static void createTables(TestDatabase database) {
    run(database, "schema");
  }

  /** The tables and their rows, as dev has them; on both engines the same. */
  public static void createDev(TestDatabase database, int rows) {
    create(database, rows, 0);
  }

  /** The same rows as prod has them: its users, content types and links have other ids. */
  public static void createProd(TestDatabase database, int rows) {
    create(database, rows, 3);
  }

  private static void create(TestDatabase database, int rows, int shift) {
    createTables(database);
    String sql = sql(database.engine(), "generate");
    database.execute(
        switch (database.engine()) {
          // The places psql would fill in; a cast has two colons.
          case POSTGRESQL ->
              sql.replaceAll("(?<!:):rows\\b", String.valueOf(rows))
                  .replaceAll("(?<!:):shift\\b", String.valueOf(shift));
          case MARIADB -> "SET @rows = %d, @shift = %d;\n%s".formatted(rows, shift, sql);
        });
  }

  /** Runs one of the sample's SQL scripts: {@code everyday_dev}, {@code edit_prod}. */
  public static void run(TestDatabase database, String name) {
    database.execute(sql(database.engine(), name));
  }

  private static String sql(Engine engine, String name) {
    try {
      return Files.readString(FOLDER.resolve("sample/" + engine.scheme() + "/" + name + ".sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
