package io.travaso.upgrade;

import io.travaso.SyncException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A compose file as YAML whose scalars know where they stand. Aliases, merges ({@code <<}) and
 * {@code extends} within the file lead to the scalar as it was written.
 */
final class ComposeYaml {
  private static final String MERGE = "<<";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final int skipped;
  private final MappingNode root;

  /** Why a service's image can't be found in the file; the message is the reason. */
  static final class NoImage extends Exception {
    private static final long serialVersionUID = 1L;

    NoImage(String why) {
      super(why);
    }
  }

  ComposeYaml(String name, String text) {
    this.text = text;
    this.skipped = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    Node node;
    try {
      node = new Yaml(options).compose(new StringReader(text.substring(skipped)));
    } catch (YAMLException e) {
      // Its message quotes the file, which may hold a password.
      throw SyncException.configuration(
          name + " is not YAML, or more than one document", "docker compose config tells where");
    }
    if (!(node instanceof MappingNode mapping)) {
      throw SyncException.configuration(
          name + " is no compose file: it is no group of keys", "name the right file");
    }
    this.root = mapping;
  }

  /** The names of its services. */
  Set<String> services() {
    Set<String> names = new LinkedHashSet<>();
    if (value(root, "services").orElse(null) instanceof MappingNode services) {
      collect(services, names);
    }
    return names;
  }

  private static void collect(MappingNode mapping, Set<String> names) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (!key.getValue().equals(MERGE)) {
          names.add(key.getValue());
        } else if (tuple.getValueNode() instanceof MappingNode merged) {
          collect(merged, names);
        }
      }
    }
  }

  /** The scalar that says which image a service has. */
  ScalarNode image(String service) throws NoImage {
    return image(service, new LinkedHashSet<>());
  }

  private ScalarNode image(String service, Set<String> seen) throws NoImage {
    Node services = value(root, "services").orElse(null);
    Node node = services instanceof MappingNode all ? value(all, service).orElse(null) : null;
    if (!(node instanceof MappingNode mapping) || !seen.add(service)) {
      boolean included = value(root, "include").isPresent();
      throw new NoImage(
          node == null && included
              ? "it may stand in a file that is included"
              : "there is no such service");
    }
    Optional<Node> image = value(mapping, "image");
    if (image.isPresent()) {
      if (image.get() instanceof ScalarNode scalar) {
        return scalar;
      }
      throw new NoImage("its image is not one value");
    }
    return extended(mapping, seen);
  }

  private ScalarNode extended(MappingNode service, Set<String> seen) throws NoImage {
    Node base = value(service, "extends").orElse(null);
    if (base instanceof ScalarNode name) {
      return image(name.getValue(), seen);
    }
    if (base instanceof MappingNode mapping) {
      if (value(mapping, "file").orElse(null) instanceof ScalarNode file) {
        throw new NoImage("its image stands in " + file.getValue() + ", which it extends");
      }
      if (value(mapping, "service").orElse(null) instanceof ScalarNode name) {
        return image(name.getValue(), seen);
      }
    }
    throw new NoImage(
        value(service, "build").isPresent()
            ? "it is built on this host, and names no image"
            : "it names no image");
  }

  /** What a key has, in the mapping itself or else in what is merged into it. */
  private static Optional<Node> value(MappingNode mapping, String key) {
    List<MappingNode> merged = new ArrayList<>();
    @Nullable Node found = null;
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        continue;
      }
      if (name.getValue().equals(key)) {
        // Of several equal keys, which compose refuses anyway, the last one.
        found = tuple.getValueNode();
      } else if (name.getValue().equals(MERGE)) {
        merged.addAll(mappings(tuple.getValueNode()));
      }
    }
    if (found != null) {
      return Optional.of(found);
    }
    return merged.stream().flatMap(it -> value(it, key).stream()).findFirst();
  }

  private static List<MappingNode> mappings(Node node) {
    List<MappingNode> mappings = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      mappings.add(mapping);
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> mappings.addAll(mappings(item)));
    }
    return mappings;
  }

  /**
   * Where the text of a scalar begins in the file; -1 where it does not stand there as it is: with
   * escapes, or over several lines.
   */
  int start(ScalarNode scalar) {
    int from = offset(scalar.getStartMark().getIndex());
    int to = offset(scalar.getEndMark().getIndex());
    String written = text.substring(from, to);
    String value = scalar.getValue();
    for (String quote : List.of("", "\"", "'")) {
      String whole = quote + value + quote;
      // Before it may stand an anchor or a tag.
      if (written.endsWith(whole) && !value.isEmpty()) {
        String before = written.substring(0, written.length() - whole.length());
        if (before.isEmpty() || before.matches("(?:[&!]\\S*\\s+)+")) {
          return to - whole.length() + quote.length();
        }
      }
    }
    return -1;
  }

  /** Marks count code points. */
  private int offset(int codePoints) {
    return text.offsetByCodePoints(skipped, codePoints);
  }
}
