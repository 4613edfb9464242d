package io.travaso.mask;

/** The same for every value. */
final class ConstantMask implements ValueMask {
  private final byte[] text;

  /**
   * @param text in bulk text
   */
  ConstantMask(byte[] text) {
    this.text = text;
  }

  @Override
  public void mask(MaskedValue value, MaskedValue row) {
    row.add(text, 0, text.length);
  }
}
