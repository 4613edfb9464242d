package io.travaso.host;

/** The contract, on this machine. */
class LocalHostIT extends HostContract {
  private final LocalHost host = new LocalHost();

  @Override
  Host host() {
    return host;
  }
}
