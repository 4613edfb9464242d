package io.travaso.property;

import org.jspecify.annotations.Nullable;

/**
 * A column of a random table.
 *
 * @param offset which of the type's values comes first
 * @param link the foreign key it belongs to, and {@code part}, its place in that
 */
record Column(
    String name,
    Type type,
    boolean nullable,
    Kind kind,
    int offset,
    @Nullable Link link,
    int part) {

  /** Where its values come from. */
  enum Kind {
    GIVEN,
    DEFAULT,
    IDENTITY,
    IDENTITY_ALWAYS,
    SERIAL,
    /** Computed by the database. */
    GENERATED,
    /** Dropped again: only its number remains. */
    DROPPED
  }

  boolean isWritten() {
    return kind != Kind.GENERATED && kind != Kind.DROPPED;
  }

  boolean hasSequence() {
    return kind == Kind.IDENTITY || kind == Kind.IDENTITY_ALWAYS || kind == Kind.SERIAL;
  }
}
