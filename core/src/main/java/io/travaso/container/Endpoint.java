package io.travaso.container;

/** Where a server inside a container answers, as this host reaches it; kept open until closed. */
public interface Endpoint extends AutoCloseable {

  /** A name or an address, such as {@code 127.0.0.1}. */
  String host();

  int port();

  /** How it is reached, for people: {@code its published port}. */
  String way();

  @Override
  void close();
}
