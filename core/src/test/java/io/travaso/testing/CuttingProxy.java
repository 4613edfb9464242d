package io.travaso.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A way to a server that breaks once: at the first message of a client's that holds a word,
 * delivered or not. Connections made afterwards are left alone.
 */
public final class CuttingProxy implements AutoCloseable {
  /** Where the connection is cut. */
  public enum Cut {
    /** The server never gets the message. */
    BEFORE_DELIVERY,
    /** The server gets the message and does what it says; its reply is lost. */
    AFTER_THE_REPLY
  }

  private record Trap(String word, Cut cut) {}

  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final AtomicReference<Trap> trap = new AtomicReference<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private CuttingProxy(ServerSocket listener, String host, int port) {
    this.listener = listener;
    this.host = host;
    this.port = port;
  }

  public static CuttingProxy to(TestServer server) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      CuttingProxy proxy = new CuttingProxy(listener, server.host(), server.port());
      start("proxy", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Cuts the connection whose client is the next to send this word. */
  public void cutAt(String word, Cut cut) {
    trap.set(new Trap(word, cut));
  }

  /** Whether it has cut. */
  public boolean hasCut() {
    return trap.get() == null;
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
        AtomicBoolean mute = new AtomicBoolean();
        start("proxy out", () -> copy(client, server, mute, true));
        start("proxy in", () -> copy(server, client, mute, false));
      }
    } catch (IOException e) {
      // Closed: nobody is let in any more.
    }
  }

  /** Passes bytes on until either side ends, or the trap closes. */
  private void copy(Socket from, Socket to, AtomicBoolean mute, boolean fromClient) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        if (!fromClient && mute.get()) {
          // The reply is here, so the server has done it.
          return;
        }
        Trap set = trap.get();
        if (fromClient && set != null && holds(buffer, n, set) && trap.compareAndSet(set, null)) {
          if (set.cut() == Cut.BEFORE_DELIVERY) {
            return;
          }
          mute.set(true);
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side is gone, and with it the other.
    }
  }

  private static boolean holds(byte[] buffer, int length, Trap trap) {
    return new String(buffer, 0, length, ISO_8859_1).contains(trap.word());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
