package io.travaso.restore;

/** A MariaDB database beside another one. */
final class MariaDbBeside {
  private MariaDbBeside() {}

  static Beside create(Replacement replacement, String purpose) {
    throw new UnsupportedOperationException(replacement.database() + purpose);
  }
}
