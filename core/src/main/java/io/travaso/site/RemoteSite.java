package io.travaso.site;

import com.fasterxml.jackson.core.type.TypeReference;
import io.travaso.Progress;
import io.travaso.SyncException;
import io.travaso.backup.Backup;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.fixture.FixtureNames;
import io.travaso.fixture.Manifest;
import io.travaso.host.Host;
import io.travaso.host.Traffic;
import io.travaso.ledger.Run;
import io.travaso.ledger.TableAgreements;
import io.travaso.merge.MergeResult;
import io.travaso.site.Protocol.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An environment on another host: the same operations, run by the tool that is installed there.
 * Rows and backups never leave that host but as a fixture.
 */
public final class RemoteSite implements Site {
  private final SyncConfig config;
  private final Environment environment;
  private final String toolVersion;
  private final Supplier<Host> connect;
  private final Transfer transfer;
  private @Nullable Host host;
  private @Nullable RemoteTool tool;

  /** What was sent under a name that is no export's, and so is never among the old ones there. */
  private final List<String> given = new ArrayList<>();

  /**
   * Makes a site that connects when it is first asked something.
   *
   * @param connect connects to the host
   */
  public RemoteSite(
      SyncConfig config, Environment environment, String toolVersion, Supplier<Host> connect) {
    this.config = config;
    this.environment = environment;
    this.toolVersion = toolVersion;
    this.connect = connect;
    this.transfer = new Transfer(this::host, connect);
  }

  @Override
  public String environment() {
    return environment.name();
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public SiteReport check(Requests.Check request, Progress progress) {
    return ask(Operation.CHECK, request, new TypeReference<>() {}, progress);
  }

  @Override
  public List<DigestibleTable> digestible(Requests.Digestible request) {
    return ask(Operation.DIGESTIBLE, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public List<DigestedTable> digest(Requests.Digest request, Progress progress) {
    return ask(Operation.DIGEST, request, new TypeReference<>() {}, progress);
  }

  @Override
  public List<byte[]> compare(Requests.Compare request) {
    return ask(Operation.COMPARE, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public Exported export(Requests.Export request, Progress progress) {
    return ask(Operation.EXPORT, request, new TypeReference<>() {}, progress);
  }

  @Override
  public Path fetch(Exported exported, @Nullable Path to, Progress progress) {
    Path here = to == null ? amongExports(Path.of(exported.file())) : to;
    FixtureNames.refuseTakenManifest(here);
    Path manifest = Manifest.beside(here);
    transfer.fetch(exported.file(), here, exported.bytes(), exported.sha256(), progress);
    host().fetch(exported.manifest(), manifest);
    Manifest.read(manifest).named(here).write(manifest);
    return here;
  }

  private Path amongExports(Path there) {
    Path directory = config.exports().directory();
    ExportsFolder.create(directory);
    return directory.resolve(String.valueOf(there.getFileName()));
  }

  @Override
  public String send(Path fixture, Progress progress) {
    String exports = tool().hello().exports();
    host().makeDirectories(exports);
    Path manifest = Manifest.beside(fixture);
    boolean export = Files.exists(manifest);
    boolean retained = export && FixtureNames.isExport(fixture);
    // A name that nobody else has, for what is removed again.
    String name = exports + "/" + (retained ? "" : "given_" + UUID.randomUUID() + "_");
    send(fixture, name, retained, progress);
    if (export) {
      send(manifest, name, retained, progress);
    }
    return name + fixture.getFileName();
  }

  private void send(Path file, String name, boolean retained, Progress progress) {
    String there = name + file.getFileName();
    if (!retained) {
      given.add(there);
    }
    transfer.send(file, there, progress);
  }

  private void removeGiven() {
    List<String> files = List.copyOf(given);
    given.clear();
    files.forEach(file -> host().delete(file));
  }

  @Override
  public FixturePlan plan(Requests.Plan request, Progress progress) {
    return ask(Operation.PLAN, request, new TypeReference<>() {}, progress);
  }

  @Override
  public RollbackPlan planRollback(Requests.PlanRollback request, Progress progress) {
    return ask(Operation.PLAN_ROLLBACK, request, new TypeReference<>() {}, progress);
  }

  @Override
  public Backup backup(Requests.TakeBackup request, Progress progress) {
    return ask(Operation.BACKUP, request, new TypeReference<>() {}, progress);
  }

  @Override
  public MergeResult merge(Requests.Merge request, Progress progress) {
    return ask(Operation.MERGE, request, new TypeReference<>() {}, progress);
  }

  @Override
  public void mark(Requests.Mark request) {
    tool().tell(Operation.MARK, request);
  }

  @Override
  public List<String> retain(Requests.Retain request) {
    List<String> removed =
        ask(Operation.RETAIN, request, new TypeReference<>() {}, Progress.SILENT);
    removeGiven();
    return removed;
  }

  @Override
  public List<Backup> backups() {
    return ask(Operation.BACKUPS, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public List<Run> history() {
    return ask(Operation.HISTORY, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public List<TableAgreements> agreements(Requests.Agreements request) {
    return ask(Operation.AGREEMENTS, request, new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public void keepDigests() {
    tool().tell(Operation.KEEP_DIGESTS, Map.of());
  }

  @Override
  public void agree(Requests.Agree request) {
    tool().tell(Operation.AGREE, request);
  }

  @Override
  public UndoPlan planUndo(Requests.PlanUndo request, Progress progress) {
    return ask(Operation.PLAN_UNDO, request, new TypeReference<>() {}, progress);
  }

  @Override
  public SetProposal propose() {
    return ask(Operation.PROPOSE, Map.of(), new TypeReference<>() {}, Progress.SILENT);
  }

  @Override
  public Services services() {
    return new RemoteServices(this::tool);
  }

  @Override
  public Cloning cloning() {
    return new RemoteCloning(config, this::host, this::tool, transfer);
  }

  @Override
  public Traffic traffic() {
    return host == null ? transfer.traffic() : transfer.traffic().plus(host.traffic());
  }

  @Override
  public Keys keys() {
    return new RemoteKeys(this::tool);
  }

  private <T> T ask(
      Operation operation, Object request, TypeReference<T> answer, Progress progress) {
    return tool().ask(operation, request, answer, progress);
  }

  private Host host() {
    if (host == null) {
      host = connect.get();
    }
    return host;
  }

  private RemoteTool tool() {
    if (tool == null) {
      tool = RemoteTool.start(host(), environment, toolVersion);
    }
    return tool;
  }

  @Override
  public void close() {
    if (tool != null) {
      tool.close();
    }
    try {
      // Where the run was refused, they are still there.
      removeGiven();
    } catch (SyncException e) {
      // They are readable by their owner only; what the run came to is what there is to tell.
      given.clear();
    }
    if (host != null) {
      host.close();
    }
  }
}
