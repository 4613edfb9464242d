package io.travaso.cli.django;

import io.travaso.testing.PostgresServer;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Databases of the projects that bring their own tables. */
final class Schemas {
  private Schemas() {}

  /** The project's tables, and nothing in them. */
  static TestDatabase empty(String project) {
    TestDatabase database = PostgresServer.shared().newDatabase();
    database.execute(sql(project, "schema"));
    return database;
  }

  /** The project's tables and rows. */
  static TestDatabase filled(String project) {
    TestDatabase database = empty(project);
    database.execute(sql(project, "rows"));
    return database;
  }

  private static String sql(String project, String name) {
    try {
      return Files.readString(Django.PROJECTS.resolve(project).resolve(name + ".sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
