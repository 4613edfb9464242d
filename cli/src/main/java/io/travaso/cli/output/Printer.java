package io.travaso.cli.output;

import io.travaso.pipeline.Note;
import io.travaso.pipeline.Observer;

/** Shows what a command does and how it ended. */
public interface Printer extends Observer {

  /**
   * Shows a question; the answer is typed behind it.
   *
   * @param answer what must be typed for a yes; empty for a simple yes
   */
  void asks(Note question, String answer);

  void result(Result result);

  void failed(Failure failure);

  /** Tells about trouble beside the matter: a log file that can't be written. */
  void warns(String what);
}
