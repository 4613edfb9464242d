package io.travaso.pipeline;

import io.travaso.config.SecretReference;
import io.travaso.config.SecretReference.FromCommand;
import io.travaso.config.SecretReference.FromDotenv;
import io.travaso.config.SecretReference.FromEnv;
import io.travaso.config.SecretReference.FromFile;
import io.travaso.site.SetProposal;
import io.travaso.site.SetProposal.Entry;
import io.travaso.site.SetProposal.Group;
import io.travaso.site.SetProposal.LeftOut;
import io.travaso.site.SetProposal.Recognised;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The commented example of a configuration, and what can be put in its places. */
record ConfigTemplate(List<String> lines) {
  private static final String RESOURCE = "sync.yaml";
  private static final String TABLES = "tables:";
  private static final String EXCLUDE = "exclude:";
  private static final String REFERENCES = "references:";

  ConfigTemplate {
    lines = List.copyOf(lines);
  }

  static ConfigTemplate read() {
    try (InputStream in = ConfigTemplate.class.getResourceAsStream(RESOURCE)) {
      byte[] text = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      return new ConfigTemplate(new String(text, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new IllegalStateException("reading a resource", e);
    }
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** With another development database; what the example says of prod remains one. */
  ConfigTemplate withDatabase(String url, SecretReference password) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(line("      url:"), "      url: " + Yaml.scalar(url));
    int line = line("      password:");
    if (password instanceof SecretReference.None && !url.startsWith("postgres")) {
      changed.set(line, "      # password: {env: DEV_DB_PASSWORD}");
    } else {
      changed.set(line, "      " + password(password));
    }
    int prod = line("  prod:");
    changed.add(prod, "  # An example still: say where prod lives.");
    return new ConfigTemplate(changed);
  }

  private static String password(SecretReference password) {
    if (password instanceof FromEnv from) {
      return "password: {env: " + Yaml.scalar(from.variable()) + "}";
    } else if (password instanceof FromFile from) {
      return "password: {file: " + Yaml.scalar(from.file()) + "}";
    } else if (password instanceof FromDotenv from) {
      return "password: {dotenv: %s, key: %s}"
          .formatted(Yaml.scalar(from.file()), Yaml.scalar(from.key()));
    } else if (password instanceof FromCommand from) {
      return "password: {command: " + Yaml.list(from.command()) + "}";
    }
    return "password: ~/.pgpass";
  }

  /** The index of the first line that begins so. */
  private int line(String beginning) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(beginning)) {
        return i;
      }
    }
    throw new IllegalStateException("The template has no line " + beginning);
  }

  /** With the tables, exclusions and references of a proposal, in place of the example's. */
  String withSet(SetProposal proposal) {
    List<String> text = new ArrayList<>(lines.subList(0, line(TABLES) - comment(TABLES).size()));
    text.addAll(comment(TABLES));
    text.add(TABLES);
    for (Group group : proposal.tables()) {
      text.add("  " + Yaml.scalar(group.name()) + ":");
      group.tables().forEach(entry -> text.add("    - " + entry(entry)));
    }
    text.add("");
    text.addAll(comment(EXCLUDE));
    boolean none = proposal.leftOut().stream().noneMatch(l -> Yaml.isWritable(l.name()));
    text.add(none ? EXCLUDE + " []" : EXCLUDE);
    for (LeftOut table : proposal.leftOut()) {
      String entry =
          Yaml.isWritable(table.name()) ? "- " + Yaml.scalar(table.name()) : "# " + table.name();
      text.add(Yaml.commented("  " + entry, table.why()));
    }
    text.add("");
    text.addAll(comment(REFERENCES));
    text.add(proposal.references().isEmpty() ? REFERENCES + " {}" : REFERENCES);
    for (Recognised table : proposal.references()) {
      text.add(
          "  %s: {match: %s, missing: refuse}"
              .formatted(Yaml.scalar(table.name()), Yaml.list(table.match())));
    }
    return String.join("\n", text) + "\n";
  }

  private static String entry(Entry entry) {
    if (entry.table().isEmpty() && entry.match().isEmpty()) {
      return Yaml.commented(Yaml.scalar(entry.name()), entry.note());
    }
    List<String> parts = new ArrayList<>();
    if (entry.table().isEmpty()) {
      parts.add("table: " + Yaml.scalar(entry.name()));
    } else {
      parts.add("model: " + Yaml.scalar(entry.name()));
      parts.add("table: " + Yaml.scalar(entry.table()));
    }
    if (!entry.match().isEmpty()) {
      parts.add("match: " + Yaml.list(entry.match()));
    }
    return Yaml.commented(parts.stream().collect(Collectors.joining(", ", "{", "}")), entry.note());
  }

  /** The lines of comment right above a key. */
  private List<String> comment(String key) {
    int end = line(key);
    int start = end;
    while (start > 0 && lines.get(start - 1).startsWith("#")) {
      start--;
    }
    return lines.subList(start, end);
  }
}
