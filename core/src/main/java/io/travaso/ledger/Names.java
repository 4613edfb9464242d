package io.travaso.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.travaso.SyncException;
import java.util.List;

/** A list of names as one text. */
final class Names {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Names() {}

  static String text(List<String> names) {
    try {
      return JSON.writeValueAsString(names);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Names can't be written as JSON", e);
    }
  }

  static List<String> list(String text) {
    try {
      return JSON.readValue(text, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw SyncException.failed(
          "Reading the baseline failed: a list of columns is not readable",
          "Was the ledger changed by hand, or by a newer version of the tool?");
    }
  }
}
