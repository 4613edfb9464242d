package io.travaso.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.travaso.Progress;
import io.travaso.SyncException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a site and the one who asks it say to each other: JSON objects, one a line. The site greets
 * with a {@link Hello}; each {@link Question} is answered by any number of {@link Reply}s that tell
 * progress, and one that holds the answer or the error.
 */
final class Protocol {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private Protocol() {}

  /** What a site can be asked to do. */
  enum Operation {
    CHECK,
    DIGESTIBLE,
    DIGEST,
    KEEP_DIGESTS,
    COMPARE,
    EXPORT,
    PLAN,
    PLAN_ROLLBACK,
    BACKUP,
    MERGE,
    MARK,
    RETAIN,
    BACKUPS,
    HISTORY,
    PROPOSE,
    CHECK_SERVICE,
    TAKE_SERVICE,
    SERVICE_BACKUPS,
    VERIFY,
    PLAN_RESTORE,
    RESTORE,
    PRUNE,
    QUIESCED,
    RESUME,
    PLAN_UPGRADE,
    UPGRADE,
    ROLL_BACK_UPGRADE,
    UNFINISHED_UPGRADES,
    LOOK_CLONE,
    EXPORT_CLONE,
    PLAN_CLONE,
    IMPORT_CLONE,
    AGREEMENTS,
    AGREE,
    KEY_REACH,
    PLAN_RENUMBER,
    RENUMBER,
    KEY_SOURCES,
    PLAN_KEY_CLASS,
    DRAW_FROM,
    PLAN_UNDO
  }

  /**
   * The greeting.
   *
   * @param travaso the tool's version
   * @param exports the folder on that host where fixtures go
   */
  record Hello(String travaso, String environment, String exports) {}

  record Question(Operation operation, JsonNode request) {}

  record Reply(@Nullable Told progress, @Nullable JsonNode answer, @Nullable Failure error) {

    boolean isLast() {
      return progress == null;
    }
  }

  record Told(String work, long done, long total, @Nullable String line) {
    /** Passes it on. */
    void tell(Progress progress) {
      if (line == null) {
        progress.at(work, done, total);
      } else {
        progress.tells(line);
      }
    }
  }

  /** An exception on its way. */
  record Failure(SyncException.Kind kind, String what, String hint, List<String> details) {

    static Failure of(SyncException e) {
      return new Failure(e.kind(), e.what(), e.hint(), e.details());
    }

    SyncException exception() {
      return new SyncException(kind, what, hint, details);
    }
  }

  static String line(Object message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not to be written as JSON: " + message.getClass(), e);
    }
  }
}
