package io.travaso.property;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as Jackson reads it, strictly: maps, lists, strings, {@link Word}s. Numbers are their text.
 */
final class JsonTree {
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1 << 20)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** A number, true, false or null, as it stands. */
  record Word(String text) {

    boolean isNumber() {
      return !text.equals("null") && !text.equals("true") && !text.equals("false");
    }
  }

  static final Word NULL = new Word("null");

  private JsonTree() {}

  /** A member that an object must have. */
  static Object member(Object object, String key) throws IOException {
    Object member = object instanceof Map<?, ?> map ? map.get(key) : null;
    if (member == null) {
      throw new IOException("there is no " + key + " in " + object);
    }
    return member;
  }

  /**
   * @throws IOException if it is anything else than one JSON text in UTF-8
   */
  static Object read(byte[] json) throws IOException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    try (JsonParser parser = STRICT.createParser(text)) {
      Object root = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new IOException("something follows");
      }
      return root;
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == null) {
      throw new IOException("nothing is there");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          object.put(key, value(parser, parser.nextToken()));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          list.add(value(parser, t));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      default -> new Word(parser.getText());
    };
  }
}
