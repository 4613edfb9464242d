package io.travaso.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docker inspect} says of a container. Its environment is left out: it holds secrets.
 *
 * @param health as Docker says it; null without a health check
 * @param published the addresses on the host, by the port inside: {@code 5432/tcp}
 * @param addresses of its own, one or more a network
 */
record ContainerFacts(
    String id,
    String name,
    String image,
    String imageId,
    String state,
    @Nullable String health,
    int exitStatus,
    String networkMode,
    List<Mount> mounts,
    Map<String, List<Address>> published,
    List<String> addresses,
    Map<String, String> labels) {

  /** A host and a port, as Docker wrote them. */
  record Address(String host, int port) {
    boolean everywhere() {
      return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    }
  }

  static ContainerFacts of(JsonNode node) {
    JsonNode state = node.path("State");
    JsonNode network = node.path("NetworkSettings");
    return new ContainerFacts(
        node.path("Id").asText(),
        node.path("Name").asText().replaceFirst("^/", ""),
        node.path("Config").path("Image").asText(),
        node.path("Image").asText(),
        state.path("Status").asText(),
        state.has("Health") ? state.path("Health").path("Status").asText() : null,
        state.path("ExitCode").asInt(),
        node.path("HostConfig").path("NetworkMode").asText(),
        mounts(node.path("Mounts")),
        published(network.path("Ports")),
        addresses(network.path("Networks")),
        labels(node.path("Config").path("Labels")));
  }

  private static List<Mount> mounts(JsonNode mounts) {
    List<Mount> found = new ArrayList<>();
    for (JsonNode mount : mounts) {
      boolean named = mount.path("Type").asText().equals("volume");
      found.add(
          new Mount(
              mount.path("Type").asText(),
              mount.path(named ? "Name" : "Source").asText(),
              mount.path("Destination").asText(),
              mount.path("RW").asBoolean()));
    }
    return List.copyOf(found);
  }

  private static Map<String, List<Address>> published(JsonNode ports) {
    Map<String, List<Address>> published = new LinkedHashMap<>();
    ports
        .properties()
        .forEach(
            port -> {
              List<Address> addresses = new ArrayList<>();
              for (JsonNode one : port.getValue()) {
                addresses.add(
                    new Address(one.path("HostIp").asText(), one.path("HostPort").asInt()));
              }
              published.put(port.getKey(), List.copyOf(addresses));
            });
    return published;
  }

  private static List<String> addresses(JsonNode networks) {
    List<String> addresses = new ArrayList<>();
    for (JsonNode network : networks) {
      Stream.of("IPAddress", "GlobalIPv6Address")
          .map(key -> network.path(key).asText())
          .filter(address -> !address.isEmpty())
          .forEach(addresses::add);
    }
    return List.copyOf(addresses);
  }

  private static Map<String, String> labels(JsonNode labels) {
    Map<String, String> found = new LinkedHashMap<>();
    labels.properties().forEach(it -> found.put(it.getKey(), it.getValue().asText()));
    return found;
  }

  /** The value of a label; empty where the container has none of that name. */
  String label(String name) {
    return labels.getOrDefault(name, "");
  }
}
