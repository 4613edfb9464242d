package io.travaso.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Three MariaDB servers that are one Galera cluster, on free ports of 127.0.0.1. */
public final class GaleraCluster implements AutoCloseable {
  private static final int NODES = 3;

  /** Where packages put the provider: Debian and Ubuntu, Red Hat. */
  private static final List<String> PROVIDERS =
      List.of("/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so");

  private final List<MariaDbServer> nodes = new ArrayList<>();

  /** Starts one; where this machine has no Galera, the test is reported as not run. */
  public static GaleraCluster start() {
    if (!isInstalled()) {
      Assumptions.abort(
          "No Galera for the tests: apt-get install mariadb-server galera-4 rsync, or the like");
    }
    GaleraCluster cluster = new GaleraCluster();
    try {
      cluster.startNodes();
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException("Cannot start a cluster", e);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Whether this machine has what a cluster takes. */
  private static boolean isInstalled() {
    return PROVIDERS.stream().anyMatch(file -> Files.exists(Path.of(file)))
        && Folders.programs(List.of(List.of("/", "usr")), "bin").stream()
            .anyMatch(folder -> Files.isExecutable(folder.resolve("rsync")))
        && !MariaDbBinaries.installed().isEmpty();
  }

  private void startNodes() throws IOException {
    MariaDbBinaries binaries = MariaDbBinaries.installed().get(0);
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      ports.add(MariaDbInstance.freePort());
    }
    MariaDbInstance first =
        MariaDbInstance.start(binaries, settings(ports, 0, "--wsrep-new-cluster"));
    nodes.add(new MariaDbServer(first));
    for (int i = 1; i < NODES; i++) {
      nodes.add(
          new MariaDbServer(
              MariaDbInstance.join(binaries, settings(ports, i), first), nodes.get(0)));
    }
  }

  private static List<String> settings(List<Integer> ports, int number, String... more)
      throws IOException {
    String all = ports.stream().map(p -> "127.0.0.1:" + p).collect(Collectors.joining(","));
    String provider =
        PROVIDERS.stream().filter(file -> Files.exists(Path.of(file))).findFirst().orElseThrow();
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--wsrep-on=ON",
                "--wsrep-provider=" + provider,
                "--wsrep-cluster-name=travaso" + ProcessHandle.current().pid(),
                "--wsrep-cluster-address=gcomm://" + all,
                "--wsrep-node-name=node" + number,
                "--wsrep-node-address=127.0.0.1",
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + MariaDbInstance.freePort(),
                "--wsrep-provider-options="
                    + "base_host=127.0.0.1;base_port=%1$d;gmcast.listen_addr=tcp://127.0.0.1:%1$d;"
                        .formatted(ports.get(number))
                    + "ist.recv_addr=127.0.0.1:%d;gcache.size=32M;pc.recovery=no"
                        .formatted(MariaDbInstance.freePort()),
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2"));
    settings.addAll(List.of(more));
    return settings;
  }

  /** A node; each has all databases and users. */
  public MariaDbServer node(int number) {
    return nodes.get(number);
  }

  /** A database as another node has it. */
  public TestDatabase at(int number, TestDatabase database) {
    return new TestDatabase(node(number), database.name());
  }

  /** Whether somebody at a node is in a SLEEP, be it in a trigger. */
  public boolean sleeps(int number) {
    return !new TestDatabase(node(number), "information_schema")
        .rowsAsAdmin("SELECT 1 FROM processlist WHERE state = 'User sleep'")
        .isEmpty();
  }

  /** Sets something for the whole server at every node. */
  public void set(String setting, String value) {
    nodes.forEach(node -> node.executeAsAdmin("SET GLOBAL " + setting + " = " + value));
  }

  @Override
  public void close() {
    IntStream.range(0, nodes.size()).forEach(i -> nodes.get(nodes.size() - 1 - i).close());
  }
}
