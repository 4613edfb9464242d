package io.travaso.restore;

import io.travaso.SyncException;
import io.travaso.backup.PgDump;
import io.travaso.database.ConnectionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads archives into a PostgreSQL database that was just made. */
final class PostgresLoad {
  private final Replacement replacement;
  private final PgDump tool;
  private final ConnectionSettings into;
  private final int serverMajor;

  PostgresLoad(Replacement replacement, PgDump tool, ConnectionSettings into, int serverMajor) {
    this.replacement = replacement;
    this.tool = tool;
    this.into = into;
    this.serverMajor = serverMajor;
  }

  void load(Path dump, Owners owners) {
    PostgresArchive archive = PostgresArchive.of(tool.contents(dump));
    archive.requireFor(String.valueOf(dump.getFileName()), serverMajor);
    switch (owners) {
      case AS_DUMPED -> asDumped(dump, archive);
      case USUAL -> asUsual(dump, archive);
    }
  }

  private void asDumped(Path dump, PostgresArchive archive) {
    try (Sql sql = Sql.connect(into)) {
      List<String> missing =
          archive.ownersBut(sql.column("Reading the roles", "SELECT rolname FROM pg_roles"));
      if (!missing.isEmpty()) {
        throw SyncException.refused(
            dump.getFileName() + " holds what belongs to roles that are not there",
            "As an administrator, run the statements listed, then restore again.",
            missing.stream().map(role -> "CREATE ROLE " + sql.quote(role)).toList());
      }
      List<String> foreign =
          archive.ownersBut(
              sql.column(
                  "Reading the roles",
                  "SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')"));
      if (foreign.isEmpty()) {
        tool.restore(dump, into, List.of(), null);
      } else {
        tool.restore(dump, into, List.of("--no-owner"), null);
        replacement
            .progress()
            .tells(
                "What belonged to %s belongs to %s now, who is no member of them"
                    .formatted(String.join(", ", foreign), into.user()));
      }
    }
  }

  /** Schemas and extensions are made by who may; all else by the usual account. */
  private void asUsual(Path dump, PostgresArchive archive) {
    List<String> plain = List.of("--no-owner", "--no-privileges");
    String user = replacement.usual().user();
    if (user.equals(into.user())) {
      tool.restore(dump, into, plain, null);
      return;
    }
    tool.restore(dump, into, plain, PostgresArchive.list(archive.kinds("SCHEMA", "EXTENSION")));
    try (Sql sql = Sql.connect(into)) {
      String to = sql.quote(user);
      for (PostgresArchive.Entry schema : archive.kinds("SCHEMA")) {
        sql.run(
            "Giving a schema to " + user,
            "ALTER SCHEMA " + sql.quote(schema.name()) + " OWNER TO " + to);
      }
      if (!sql.rows(
              "Looking for the schema public",
              "SELECT 1 FROM pg_namespace WHERE nspname = 'public'")
          .isEmpty()) {
        sql.run("Giving rights to " + user, "GRANT ALL ON SCHEMA public TO " + to);
      }
    }
    List<String> asUser = new ArrayList<>(plain);
    asUser.add("--role=" + user);
    tool.restore(dump, into, asUser, archive.without("SCHEMA", "EXTENSION", "COMMENT - EXTENSION"));
  }
}
