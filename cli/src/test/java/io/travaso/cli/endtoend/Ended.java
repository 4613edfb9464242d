package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A command that has ended.
 *
 * @param line what was typed
 */
record Ended(String line, int exitCode, String out, String err) {
  static final ObjectMapper JSON = new ObjectMapper();

  Ended exits(int expected) {
    assertThat(exitCode).as(this::toString).isEqualTo(expected);
    return this;
  }

  /** Each text is somewhere in what it wrote. */
  Ended says(String... texts) {
    assertThat(out + err).as(line).contains(texts);
    return this;
  }

  Ended doesNotSay(String... texts) {
    assertThat(out + err).as(line).doesNotContain(texts);
    return this;
  }

  /** The last line of standard output, which is the result. */
  JsonNode result() {
    List<String> lines = out.lines().toList();
    assertThat(lines).as(this::toString).isNotEmpty();
    return parse(lines.get(lines.size() - 1));
  }

  /** The totals of the result, in the order of the contract; nothing is in conflict. */
  Ended counts(int created, int updated, int deleted, int unchanged, int onlyInTarget) {
    assertThat(result().path("totals").toString())
        .as(this::toString)
        .startsWith(
            ("{\"created\":%d,\"updated\":%d,\"deleted\":%d,\"unchanged\":%d,\"onlyInTarget\":%d,"
                    + "\"conflicts\":0,")
                .formatted(created, updated, deleted, unchanged, onlyInTarget));
    return this;
  }

  Ended status(String expected) {
    assertThat(result().path("status").asText()).as(this::toString).isEqualTo(expected);
    return this;
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + json, e);
    }
  }

  @Override
  public String toString() {
    return line + "\nexit code " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
  }
}
