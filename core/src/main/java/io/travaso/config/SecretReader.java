package io.travaso.config;

import io.travaso.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads where a secret is found. Nothing that was written there is quoted in a message. */
final class SecretReader {
  private static final String HINT =
      "refer to it: {env: NAME}, {file: PATH}, {dotenv: PATH, key: NAME}, {command: [PROGRAM,"
          + " ARGUMENT]}";
  private static final Set<String> KEYS =
      new TreeSet<>(List.of("env", "file", "dotenv", "key", "command"));
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String PGPASS = "~/.pgpass";

  private SecretReader() {}

  static SecretReference read(Section owner, String key) {
    Optional<YamlNode> node = owner.node(key);
    if (node.isEmpty() || isPgpass(node.get(), key)) {
      return new SecretReference.None();
    }
    if (!(node.get() instanceof YamlNode.Mapping)) {
      String what =
          node.get() instanceof YamlNode.Scalar scalar && scalar.isNull()
              ? "has no value"
              : "a secret does not belong into this file";
      owner.problem(key, what, HINT);
      return new SecretReference.None();
    }
    return owner.section(key).map(SecretReader::reference).orElseGet(SecretReference.None::new);
  }

  /** Whether a password is left to PostgreSQL's own file by name. */
  static boolean isPgpass(Section owner, String key) {
    return owner.node(key).filter(node -> isPgpass(node, key)).isPresent();
  }

  private static boolean isPgpass(YamlNode node, String key) {
    return key.equals("password")
        && node instanceof YamlNode.Scalar scalar
        && scalar.text().equals(PGPASS);
  }

  private static SecretReference reference(Section section) {
    Set<String> keys = section.keys();
    if (keys.equals(Set.of("env"))) {
      return new SecretReference.FromEnv(variable(section, "env"));
    } else if (keys.equals(Set.of("file"))) {
      return new SecretReference.FromFile(section.requiredText("file", "~/.secret"));
    } else if (keys.equals(Set.of("dotenv", "key"))) {
      return new SecretReference.FromDotenv(
          section.requiredText("dotenv", ".env"), variable(section, "key"));
    } else if (keys.equals(Set.of("command"))) {
      return new SecretReference.FromCommand(command(section));
    }
    section.problem("", "is not a reference to a secret" + typingError(keys), HINT);
    return new SecretReference.None();
  }

  private static String typingError(Set<String> keys) {
    return keys.stream()
        .filter(key -> !KEYS.contains(key))
        .flatMap(key -> NearestName.of(key, KEYS).stream())
        .findFirst()
        .map(nearest -> " (did you mean \"" + nearest + "\"?)")
        .orElse("");
  }

  private static String variable(Section section, String key) {
    String name = section.requiredText(key, "DB_PASSWORD");
    if (!name.isEmpty() && !name.matches(VARIABLE)) {
      section.problem(key, "is not the name of a variable", "the name, not the secret itself");
      return "";
    }
    return name;
  }

  private static List<String> command(Section section) {
    List<String> command = section.texts("command");
    boolean list = section.node("command").orElse(null) instanceof YamlNode.Sequence;
    if (!list || command.isEmpty()) {
      section.problem(
          "command",
          "is not a list of the program and its arguments",
          "for example [pass, show, mygest]");
    }
    return command;
  }
}
