package io.travaso.site;

import com.fasterxml.jackson.core.type.TypeReference;
import io.travaso.Progress;
import io.travaso.cloning.ClonePackage;
import io.travaso.cloning.ClonePlan;
import io.travaso.cloning.CloneResult;
import io.travaso.cloning.CloneSource;
import io.travaso.config.SyncConfig;
import io.travaso.host.Host;
import io.travaso.site.Protocol.Operation;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** The database of an environment on another host, which the tool there clones. */
final class RemoteCloning implements Cloning {
  private final SyncConfig config;
  private final Supplier<Host> host;
  private final Supplier<RemoteTool> tool;
  private final Transfer transfer;

  RemoteCloning(
      SyncConfig config, Supplier<Host> host, Supplier<RemoteTool> tool, Transfer transfer) {
    this.config = config;
    this.host = host;
    this.tool = tool;
    this.transfer = transfer;
  }

  @Override
  public CloneSource look(Progress progress) {
    return tool.get().ask(Operation.LOOK_CLONE, Map.of(), new TypeReference<>() {}, progress);
  }

  @Override
  public ClonePackage export(Progress progress) {
    return tool.get().ask(Operation.EXPORT_CLONE, Map.of(), new TypeReference<>() {}, progress);
  }

  @Override
  public ClonePackage fetch(ClonePackage there, Progress progress) {
    Path directory = config.exports().directory();
    ExportsFolder.create(directory);
    Path here = directory.resolve(String.valueOf(Path.of(there.file()).getFileName()));
    progress.at(here.toString(), 0, there.bytes());
    transfer.fetch(there.file(), here, there.bytes(), there.sha256(), progress);
    return there.at(here.toString());
  }

  @Override
  public ClonePackage send(ClonePackage here, Progress progress) {
    String exports = tool.get().hello().exports();
    host.get().makeDirectories(exports);
    String there = exports + "/" + Path.of(here.file()).getFileName();
    progress.at(there, 0, here.bytes());
    transfer.send(Path.of(here.file()), there, progress);
    return here.at(there);
  }

  @Override
  public ClonePlan plan(CloneSource source, Progress progress) {
    return tool.get().ask(Operation.PLAN_CLONE, source, new TypeReference<>() {}, progress);
  }

  @Override
  public CloneResult replace(ClonePackage pack, Progress progress) {
    return tool.get().ask(Operation.IMPORT_CLONE, pack, new TypeReference<>() {}, progress);
  }

  @Override
  public void forget(ClonePackage pack) {
    host.get().delete(pack.file());
  }
}
