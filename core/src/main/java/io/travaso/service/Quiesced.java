package io.travaso.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was made to hold still and has to go on again. It is written down before anything is
 * touched, so that a process that was killed leaves word of it.
 *
 * @param service as the configuration calls it
 * @param why what it was for, for people
 * @param since ISO-8601 in UTC
 * @param stopped compose services that ran and were to be stopped
 * @param paused compose services that ran and were to be paused
 * @param commands whether the commands before may have been run, so that those after are due
 * @param before the backup that holds what was there before it was replaced; null where there is
 *     none
 */
public record Quiesced(
    String service,
    String environment,
    Reason reason,
    String why,
    String since,
    List<String> stopped,
    List<String> paused,
    boolean commands,
    @Nullable String before) {

  /** Whether it may simply go on. */
  public enum Reason {
    /** Its data were only read: it may go on at any time. */
    @JsonProperty("read")
    READ,
    /** Somebody holds it on purpose, for more to come. */
    @JsonProperty("held")
    HELD,
    /** Its data were being replaced: it must not go on before that is finished or taken back. */
    @JsonProperty("replaced")
    REPLACED
  }

  public Quiesced {
    stopped = List.copyOf(stopped);
    paused = List.copyOf(paused);
  }
}
