package io.travaso.table;

import org.jspecify.annotations.Nullable;

/**
 * A column as the catalog has it.
 *
 * @param type the type as the database spells it, with its modifiers: {@code numeric(12,2)}
 * @param exactEquality whether the type's own equality holds only between values of equal text;
 *     where it does not ({@code 1.0 = 1.00}), texts are compared
 * @param equality the type's own equality as an operator in SQL, whatever the search path
 * @param textual whether it has a collation, so that its order depends on one
 * @param identityAlways whether it is {@code GENERATED ALWAYS AS IDENTITY}
 * @param generated whether the database computes it from other columns
 * @param hasDefault whether the database fills it in when it is not given
 * @param sequence the sequence its default draws from, owned or not
 * @param content what it can hold, as far as other engines can hold it too
 */
public record Column(
    String name,
    String type,
    ValueKind kind,
    boolean exactEquality,
    String equality,
    boolean textual,
    boolean nullable,
    boolean identityAlways,
    boolean generated,
    boolean hasDefault,
    @Nullable TableId sequence,
    Content content) {

  /** A column of which nothing is said that concerns another engine. */
  public Column(
      String name,
      String type,
      ValueKind kind,
      boolean exactEquality,
      String equality,
      boolean textual,
      boolean nullable,
      boolean identityAlways,
      boolean generated,
      boolean hasDefault,
      @Nullable TableId sequence) {
    this(
        name,
        type,
        kind,
        exactEquality,
        equality,
        textual,
        nullable,
        identityAlways,
        generated,
        hasDefault,
        sequence,
        new Content.Other());
  }

  /** A column like it of another name. */
  public Column named(String other) {
    return new Column(
        other,
        type,
        kind,
        exactEquality,
        equality,
        textual,
        nullable,
        identityAlways,
        generated,
        hasDefault,
        sequence,
        content);
  }

  /** Whether its values are random identifiers, which anybody can give. */
  public boolean isUuid() {
    return type.equals("uuid");
  }
}
