package io.travaso;

/** A password or passphrase. It never prints itself; {@link #reveal} is the one way to its text. */
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /** The secret itself; for the driver or file that needs it, never for a message. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
