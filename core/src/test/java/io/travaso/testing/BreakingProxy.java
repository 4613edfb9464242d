package io.travaso.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that breaks once, after so many bytes; connections made later last. */
public final class BreakingProxy implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final AtomicLong left = new AtomicLong(NEVER);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private BreakingProxy(ServerSocket listener, String host, int port) {
    this.listener = listener;
    this.host = host;
    this.port = port;
  }

  public static BreakingProxy to(SshServer server) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      BreakingProxy proxy = new BreakingProxy(listener, server.host(), server.port());
      start("proxy", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The server's known hosts, under this place. */
  public static Path knownHosts(SshServer server, BreakingProxy proxy) throws IOException {
    String known = Files.readString(server.knownHosts());
    return Files.writeString(
        server.folder().resolve("known_hosts_proxy"),
        known.replace(":" + server.port() + " ", ":" + proxy.port() + " "));
  }

  /** Cuts all connections when so many bytes have gone through, both ways taken together. */
  public void cutAfter(long bytes) {
    left.set(bytes);
  }

  /** Whether it has cut. */
  public boolean hasCut() {
    return left.get() == NEVER;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        sockets.add(client);
        sockets.add(server);
        start("proxy out", () -> copy(client, server));
        start("proxy in", () -> copy(server, client));
      }
    } catch (IOException e) {
      // Closed: nobody is let in any more.
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
        if (left.get() != NEVER && left.addAndGet(-n) <= 0) {
          left.set(NEVER);
          closeAll();
        }
      }
    } catch (IOException e) {
      // One side is gone, and with it the other.
    }
  }

  private void closeAll() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      closeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
