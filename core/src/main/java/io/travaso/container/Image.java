package io.travaso.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An image that is on this engine.
 *
 * @param id {@code sha256:…}
 * @param tags {@code repository:tag} names
 * @param digests {@code repository@sha256:…} names; empty for one that was made here
 * @param bytes its size
 */
public record Image(String id, List<String> tags, List<String> digests, long bytes) {
  public Image {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
  }

  static Image of(JsonNode node) {
    return new Image(
        node.path("Id").asText(),
        texts(node.path("RepoTags")),
        texts(node.path("RepoDigests")),
        node.path("Size").asLong());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(it -> texts.add(it.asText()));
    return texts;
  }
}
