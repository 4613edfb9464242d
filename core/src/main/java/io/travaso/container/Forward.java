package io.travaso.container;

import io.travaso.SyncException;
import io.travaso.host.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of ours on 127.0.0.1 that leads to a server inside a container, through the Docker Engine:
 * every connection is a program inside that joins the two.
 */
final class Forward implements Endpoint {
  private static final int BACKLOG = 50;

  private final Container container;
  private final ForwardProgram program;
  private final int inside;
  private final ServerSocket listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private Forward(Container container, ForwardProgram program, int inside, ServerSocket listener) {
    this.container = container;
    this.program = program;
    this.inside = inside;
    this.listener = listener;
  }

  static Forward open(Container container, ForwardProgram program, int inside) {
    try {
      ServerSocket listener =
          new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      Forward forward = new Forward(container, program, inside, listener);
      daemon("forward to " + container.name(), forward::accept);
      return forward;
    } catch (IOException e) {
      throw new SyncException(SyncException.Kind.HOST, "could not open a port on 127.0.0.1", "", e);
    }
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public String way() {
    return "a forward through Docker";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        daemon("forward from " + socket.getRemoteSocketAddress(), () -> join(socket));
      } catch (IOException e) {
        // Closed by us, or the one who connected is gone again: the next one may come.
      }
    }
  }

  private void join(Socket socket) {
    try (socket;
        RunningCommand command =
            container.docker().host().start(container.exec(program.argv(inside)))) {
      Connection connection = new Connection(socket, command);
      connections.add(connection);
      try {
        daemon("forward to " + container.name(), connection::send);
        connection.receive();
      } finally {
        connections.remove(connection);
      }
    } catch (IOException | SyncException e) {
      // Whoever connected sees the connection end, and tells.
      return;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // It takes no more connections in any case.
    }
    connections.forEach(Connection::close);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Both directions of one connection. */
  private record Connection(Socket socket, RunningCommand command) {
    private static final int BUFFER = 1 << 16;

    /** What the one who connected writes; its end is told to the program inside. */
    void send() {
      try (OutputStream to = command.input()) {
        copy(socket.getInputStream(), to);
      } catch (IOException e) {
        // Its input is closed now, so the program ends, and receive() with it.
        return;
      }
    }

    void receive() throws IOException {
      copy(command.output(), socket.getOutputStream());
      socket.shutdownOutput();
      // It ended by itself: killed, it could leave children behind.
      command.waitFor();
    }

    /** The program inside sees the end of its input, tells the server, and ends. */
    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // Nobody hears of it any more; the program inside is told below.
      }
      try {
        command.input().close();
      } catch (IOException e) {
        // It has ended already.
      }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
      byte[] buffer = new byte[BUFFER];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    }
  }
}
