package io.travaso.cloning;

import com.fasterxml.jackson.core.type.TypeReference;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.database.mariadb.MariaDbDumpSql;
import io.travaso.database.mariadb.MariaDbObjects;
import io.travaso.database.mariadb.MariaDbObjects.MadeObject;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** MariaDB's: the statements that the server itself has for what there is. */
final class MariaDbStructure implements Structure {
  private static final String ENTRY = "structure.json";

  private final CloneSide side;

  MariaDbStructure(CloneSide side) {
    this.side = side;
  }

  @Override
  public void write(Handle snapshot, PackageWriter to) throws IOException {
    to.bytes(ENTRY, PackageManifest.JSON.writeValueAsBytes(MariaDbObjects.read(snapshot)));
  }

  @Override
  public void requireMakeable(CloneSource source) {
    // What the account for maintenance may do is looked at when the database beside is made.
  }

  @Override
  public ConnectionSettings filler(ConnectionSettings maintenance) {
    // The usual account has rights on its own database, by name, and none on the one beside.
    return maintenance;
  }

  @Override
  public void before(PackageReader from, Making target) throws IOException {
    create(from, target, object -> object.kind().isBeforeRows());
  }

  @Override
  public void after(PackageReader from, Making target) throws IOException {
    if (isOthers()) {
      // A view whose definer may not read what it is made of is shown with all names spelled out,
      // the database's among them, and could not be made again in another.
      String grant =
          MariaDbObjects.rights("GRANT", target.beside().settings().database(), "TO", definer());
      target.database().with("Giving rights on " + target.database().name(), s -> s.execute(grant));
    }
    create(from, target, object -> !object.kind().isBeforeRows());
  }

  private void create(PackageReader from, Making target, Predicate<MadeObject> which)
      throws IOException {
    List<MadeObject> objects =
        PackageManifest.JSON.readValue(from.bytes(ENTRY), new TypeReference<List<MadeObject>>() {});
    String definer = definer();
    target
        .database()
        .with(
            "Making the source's tables and views in " + target.database().name(),
            session -> {
              MariaDbObjects.create(session, objects.stream().filter(which).toList(), definer);
              return true;
            });
  }

  private boolean isOthers() {
    return !side.maintenance().user().equals(side.settings().user());
  }

  private String definer() {
    Database usual = side.database();
    return usual.with("Asking " + usual.name() + " who connects", MariaDbDumpSql::account);
  }

  @Override
  public void forget(String database) {
    if (isOthers()) {
      String revoke = MariaDbObjects.rights("REVOKE", database, "FROM", definer());
      try (Database maintenance = Database.open(side.maintenance())) {
        maintenance.with("Taking rights back", session -> session.execute(revoke));
      }
    }
  }
}
