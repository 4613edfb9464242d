package io.travaso.site;

import io.travaso.Progress;
import io.travaso.backup.Backup;
import io.travaso.host.Traffic;
import io.travaso.ledger.Run;
import io.travaso.ledger.TableAgreements;
import io.travaso.merge.MergeResult;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One environment and all that can be done there. A site does one thing at a time. Everything it is
 * asked and everything it answers is data, so that it can as well be asked from another host.
 */
public interface Site extends AutoCloseable {

  /** The environment's name: {@code dev}, {@code prod}. */
  String environment();

  /** Whether its host is this machine. */
  boolean isLocal();

  /**
   * Looks at everything that has to be right, and writes nothing. What is wrong is in the report.
   */
  SiteReport check(Requests.Check request, Progress progress);

  /** Says of which tables the rows can be compared by digests. */
  List<DigestibleTable> digestible(Requests.Digestible request);

  /**
   * Takes the digests of the rows of some tables, and keeps them for {@link #compare}.
   *
   * @return what is known of each
   */
  List<DigestedTable> digest(Requests.Digest request, Progress progress);

  /** Lets the digests hold that were taken to be kept: a line of the ledger says since when. */
  void keepDigests();

  /** Answers questions about the digests that were taken last. */
  List<byte[]> compare(Requests.Compare request);

  /** Exports the set from one consistent snapshot, into a fixture on the site's host. */
  Exported export(Requests.Export request, Progress progress);

  /**
   * Brings an exported fixture and its manifest to this machine.
   *
   * @param to where to; null for the folder of the exports
   * @return the fixture here
   */
  Path fetch(Exported exported, @Nullable Path to, Progress progress);

  /**
   * Brings a fixture on this machine, and its manifest, to the site's host.
   *
   * @return the fixture there
   */
  String send(Path fixture, Progress progress);

  /**
   * Stages a fixture beside the target's tables and says what merging it would do. Nothing but
   * temporary tables is written. The staged rows stay for {@link #merge}.
   */
  FixturePlan plan(Requests.Plan request, Progress progress);

  /**
   * Stages what a backup holds of the tables its run wrote to, and says what going back would do.
   */
  RollbackPlan planRollback(Requests.PlanRollback request, Progress progress);

  /**
   * What went over the connection to the site's host so far; nothing where that is this machine.
   */
  default Traffic traffic() {
    return Traffic.NONE;
  }

  /** Takes a verified backup. */
  Backup backup(Requests.TakeBackup request, Progress progress);

  /** Applies what was planned last, if it still is what was planned, and records the run. */
  MergeResult merge(Requests.Merge request, Progress progress);

  /** Marks the database as this environment, where it has no mark yet. */
  void mark(Requests.Mark request);

  /**
   * Removes exports and backups beyond those to keep.
   *
   * @return the names of the files removed
   */
  List<String> retain(Requests.Retain request);

  /** The site's backups, the latest first. */
  List<Backup> backups();

  /** The runs its ledger has, the latest first. */
  List<Run> history();

  /** In which runs it came to agree with another environment, table by table. */
  List<TableAgreements> agreements(Requests.Agreements request);

  /**
   * Remembers what it exported as agreed on in a run; that holds as soon as the other side has
   * written the run, and not before.
   */
  void agree(Requests.Agree request);

  /**
   * Stages the rows that the last sync wrote as they were before, and says what undoing it would
   * do.
   */
  UndoPlan planUndo(Requests.PlanUndo request, Progress progress);

  /** Which tables a set could have, for {@code sync init}. */
  SetProposal propose();

  /** Its services and whole databases. */
  Services services();

  /** Its whole database, as the source or the target of a clone. */
  Cloning cloning();

  /** The keys of its rows. */
  Keys keys();

  @Override
  void close();
}
