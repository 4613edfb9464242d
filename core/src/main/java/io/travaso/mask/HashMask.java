package io.travaso.mask;

/** A hash of a value, with a text behind it: {@code @mask.invalid} for an address. */
final class HashMask implements ValueMask {
  private final KeyedText hash;
  private final int characters;
  private final byte[] ending;

  /**
   * @param characters how many of the hash's, at most {@link KeyedText#FULL}
   */
  HashMask(byte[] key, int characters, byte[] ending) {
    this.hash = new KeyedText(key);
    this.characters = characters;
    this.ending = ending;
  }

  @Override
  public void mask(MaskedValue value, MaskedValue row) {
    row.add(hash.of(value), 0, characters);
    row.add(ending, 0, ending.length);
  }
}
