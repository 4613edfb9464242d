package io.travaso.container;

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
}
