package io.travaso.mask;

/** Makes the mask of a value that is neither NULL nor empty. */
interface ValueMask {

  /**
   * Appends the mask, in bulk text.
   *
   * @param value the value without escapes; may be changed
   */
  void mask(MaskedValue value, MaskedValue row);
}
