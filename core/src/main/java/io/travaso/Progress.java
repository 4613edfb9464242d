package io.travaso;

/** Hears how far long work has come. */
@FunctionalInterface
public interface Progress {

  /** Says nothing to anybody. */
  Progress SILENT = (work, done, total) -> {};

  /**
   * Tells how far it is.
   *
   * @param work what is being done, for people: a table's name, a file's
   * @param done how much of it: rows or bytes
   * @param total how much there is; 0 where that is not known
   */
  void at(String work, long done, long total);

  /**
   * Tells what stays to be read: a step that is over and what came of it, in one line.
   *
   * @param line for people, without a secret
   */
  default void tells(String line) {}
}
