package io.travaso.container;

import io.travaso.SyncException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Finds the way to a server inside a container: the shortest that answers. */
final class EndpointSearch {
  private static final int PATIENCE_MILLIS = 2000;

  private final Container container;
  private final int port;

  EndpointSearch(Container container, int port) {
    this.container = container;
    this.port = port;
  }

  Endpoint find() {
    if (container.engine().isNear()) {
      ContainerFacts facts = container.facts();
      for (ContainerFacts.Address address :
          facts.published().getOrDefault(port + "/tcp", List.of())) {
        if (answers(host(address.host()), address.port())) {
          return new Direct(host(address.host()), address.port(), "its published port");
        }
      }
      if (container.isOnHostsNetwork() && answers("127.0.0.1", port)) {
        return new Direct("127.0.0.1", port, "the host's own network");
      }
      for (String address : facts.addresses()) {
        if (answers(address, port)) {
          return new Direct(address, port, "the container's own address");
        }
      }
    }
    return forward();
  }

  private Endpoint forward() {
    ForwardProgram program =
        ForwardProgram.find(container)
            .orElseThrow(
                () ->
                    SyncException.host(
                        "the port "
                            + port
                            + " of the container "
                            + container.name()
                            + " can't be reached: it is not published, its own address does not"
                            + " answer, and there is no perl, socat, nc or bash in it",
                        "see whether the server runs; or publish the port on this host alone:"
                            + " ports: [\"127.0.0.1:"
                            + port
                            + ":"
                            + port
                            + "\"]"));
    program.requireAnswer(container, port);
    return Forward.open(container, program, port);
  }

  /** What is published everywhere is published here. */
  private static String host(String published) {
    return switch (published) {
      case "", "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> published;
    };
  }

  private static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      // Then it is not the way; the next one is tried.
      return false;
    }
  }

  /** An address that needs nothing of ours. */
  private record Direct(String host, int port, String way) implements Endpoint {
    @Override
    public void close() {}
  }
}
