package io.travaso.cli.django;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sample application's rows as its Django sees them, whatever database they are in: by model
 * and key; what it references by its natural key. Microseconds are not among it.
 */
final class Seen {
  private final Map<String, JsonNode> objects;

  private Seen(Map<String, JsonNode> objects) {
    this.objects = objects;
  }

  /** All models of the set. */
  static Seen in(TestDatabase database, Path folder) {
    Path file = folder.resolve("seen.json");
    new Django("office", "office_named_settings")
        .dumpdata(
            database,
            file,
            Stream.concat(Stream.of(Office.APPS), Stream.of("--natural-foreign"))
                .toArray(String[]::new));
    Map<String, JsonNode> objects = new TreeMap<>();
    try {
      // Milliseconds that are none are written where microseconds were cut, else left out.
      String text = Files.readString(file).replace(".000Z\"", "Z\"");
      for (JsonNode object : JsonMapper.builder().build().readTree(text)) {
        objects.put(object.path("model").asText() + " " + object.path("pk"), object);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Seen(objects);
  }

  /** The same without the objects of one model. */
  Seen without(String model) {
    Map<String, JsonNode> others = new TreeMap<>(objects);
    assertThat(others.keySet().removeIf(name -> name.startsWith(model + " "))).as(model).isTrue();
    return new Seen(others);
  }

  void isAs(Seen expected) {
    assertThat(objects.keySet()).hasSizeGreaterThan(100).isEqualTo(expected.objects.keySet());
    // One by one: all of it is too long to be read.
    objects.forEach((name, object) -> assertThat(object).isEqualTo(expected.objects.get(name)));
  }
}
