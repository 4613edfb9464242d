package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code sync deploy} puts on a host, and the fingerprint both sides compare. */
class ForEnvironmentTest {
  private static final Path THERE = Path.of("/srv/mygest/sync/sync-config/sync.yaml");
  private static final Surroundings OVER_THERE =
      new Surroundings(Map.of(), Path.of("/"), Path.of("/home/deploy"));

  @Test
  void holdsThatEnvironmentAloneWithItsPathsOverThere() {
    SyncConfig here = Sample.read(Sample.EXAMPLE + "mode: dev_to_prod\nlog: /var/log/here.log\n");
    String yaml = here.forEnvironment("prod");
    SyncConfig there = SyncConfig.parse(yaml, THERE, OVER_THERE);

    assertThat(yaml)
        .startsWith("# The configuration of the environment prod on its own host")
        .doesNotContain("vps.example.it")
        .doesNotContain("DEV_DB_PASSWORD")
        .doesNotContain("/home/anna")
        .doesNotContain("/project");
    assertThat(there.environments().keySet()).containsExactly("prod");
    assertThat(there.localEnvironment()).hasValue(withoutSsh(here.environment("prod")));
    assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
    assertThat(there.mode()).isEqualTo(Direction.DEV_TO_PROD);
    assertThat(there.exports().directory()).isEqualTo(Path.of("/srv/mygest/sync/fixtures/sync"));
    assertThat(there.logFile()).isEqualTo(Path.of("/srv/mygest/sync/logs/sync.log"));
    assertThat(there.exclude()).isEqualTo(here.exclude());
    assertThat(there.references()).isEqualTo(here.references());
    assertThat(there.columns()).isEqualTo(here.columns());
    assertThat(there.tables())
        .usingRecursiveComparison()
        .ignoringFields("group")
        .isEqualTo(here.tables());
  }

  private static Environment withoutSsh(Environment it) {
    return new Environment(
        it.name(),
        it.isProtected(),
        null,
        it.home(),
        it.database(),
        it.backups(),
        it.readFrom(),
        it.reading());
  }

  /** Random configurations with every kind of odd name, each from its own seed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void readsBackTheSame(int seed) {
    SyncConfig here = random(new Random(seed));
    SyncConfig there = SyncConfig.parse(here.forEnvironment("prod"), THERE, OVER_THERE);

    assertThat(there.environment("prod")).isEqualTo(withoutSsh(here.environment("prod")));
    assertThat(there.tables()).isEqualTo(here.tables());
    assertThat(there.exclude()).isEqualTo(here.exclude());
    assertThat(there.references()).isEqualTo(here.references());
    assertThat(there.columns()).isEqualTo(here.columns());
    assertThat(there.root().relativize(there.exports().directory()))
        .isEqualTo(here.root().relativize(here.exports().directory()));
    assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
  }

  private static final List<String> PARTS =
      List.of(
          "null",
          "~",
          "on",
          "No",
          "true",
          "0777",
          "1.10",
          "12:30",
          "a.b",
          "x\"y",
          "\"",
          "it's",
          "Weird \"Tab'le; drop",
          "#hash",
          "a #b",
          "a: b",
          "- a",
          "*star",
          "&and",
          "!bang",
          "%25",
          "@at",
          "`tick",
          "{x}",
          "[x]",
          "ünïcødé",
          "日本",
          "$1",
          "$(reboot)",
          "back\\slash",
          " lead",
          "trail ",
          "a,b",
          "|",
          ">",
          "?",
          "=",
          "<<",
          "😀");

  private static SyncConfig random(Random random) {
    List<TableName> names = new ArrayList<>();
    for (String part : PARTS) {
      names.add(new TableName(random.nextBoolean() ? null : any(random), part));
    }
    Collections.shuffle(names, random);
    List<TableEntry> tables = new ArrayList<>();
    for (TableName name : names.subList(0, 20)) {
      TableName table =
          random.nextInt(3) == 0 ? new TableName("t" + tables.size(), any(random)) : null;
      tables.add(
          new TableEntry(
              "", name, table, random.nextBoolean() ? List.of() : List.of("a", any(random))));
    }
    Map<TableName, ReferenceRule> references = new LinkedHashMap<>();
    for (TableName name : names.subList(30, 36)) {
      ReferenceRule.Missing missing =
          switch (random.nextInt(3)) {
            case 0 -> new ReferenceRule.Refuse();
            case 1 -> new ReferenceRule.SetNull();
            default -> new ReferenceRule.Use("00" + random.nextInt(100));
          };
      references.put(name, new ReferenceRule(name, List.of(any(random)), missing));
    }
    Map<TableName, Map<String, ColumnRule>> columns = new LinkedHashMap<>();
    for (TableName name : names.subList(0, 4)) {
      Map<String, ColumnRule> rules = new LinkedHashMap<>();
      rules.put("a" + any(random), new ColumnRule.Ignore());
      rules.put("b" + any(random), new ColumnRule.KeepTarget(null));
      rules.put(
          "d" + any(random), new ColumnRule.KeepTarget(random.nextBoolean() ? "" : any(random)));
      rules.put("c", new ColumnRule.Rewrite(Map.of("dev", "/" + any(random), "prod", any(random))));
      columns.put(name, rules);
    }
    Environment prod =
        new Environment(
            "prod",
            random.nextBoolean(),
            null,
            "/srv/" + any(random).strip(),
            new DatabaseSettings(
                "postgresql",
                random.nextBoolean() ? "::1" : "db_1.example.it",
                1 + random.nextInt(65535),
                any(random),
                any(random),
                random.nextBoolean()
                    ? Map.of()
                    : Map.of("sslmode", "require", "sslkey", "/k/" + any(random)),
                secret(random),
                random.nextBoolean() ? null : "/opt/" + any(random),
                container(random),
                random.nextBoolean() ? null : new Account(any(random).strip(), secret(random))),
            new Backups("/b/" + any(random), 1 + random.nextInt(100)));
    return new SyncConfig(
        Sample.FILE,
        Path.of("/project"),
        Map.of("prod", prod),
        null,
        new Exports(Path.of("/project/" + any(random)), 3),
        tables,
        names.subList(20, 30),
        references,
        columns,
        Path.of("/project/logs/x"));
  }

  private static @Nullable ContainerSettings container(Random random) {
    int port = 1 + random.nextInt(65535);
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> new ContainerSettings(null, null, null, "0777_x.y-z", port);
      default ->
          new ContainerSettings(
              "/c/" + any(random), "null", random.nextBoolean() ? "on" : null, null, port);
    };
  }

  private static SecretReference secret(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new SecretReference.FromEnv("DB_PASSWORD");
      case 1 -> new SecretReference.FromFile("~/" + any(random));
      case 2 -> new SecretReference.FromDotenv(any(random), "KEY");
      case 3 -> new SecretReference.FromCommand(List.of("pass", any(random), "--"));
      default -> new SecretReference.None();
    };
  }

  private static String any(Random random) {
    return PARTS.get(random.nextInt(PARTS.size()));
  }

  @Test
  void theFingerprintDoesNotDependOnOrderGroupsOrComments() {
    SyncConfig one =
        Sample.read(
            Sample.LEAST.replace("[app.Model]", "{x: [a, {model: b.C, match: [u, v]}], y: [s.t]}")
                + "exclude: [p, q]\n"
                + "references: {p: {match: [x]}, q: {match: [y], missing: null}}\n");
    SyncConfig other =
        Sample.read(
            "# a comment\n"
                + Sample.LEAST
                    .replace("dev", "prod")
                    .replace("[app.Model]", "[{model: s.t}, {match: [v, u], model: b.C}, 'a']")
                + "exclude: [\"q\", p]\n"
                + "references:\n  q: {missing: ~, match: y}\n  p: {match: x, missing: refuse}\n");

    assertThat(one.fingerprint()).isEqualTo(other.fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void theFingerprintTellsEveryDifferenceThatCounts() {
    String more = "exclude: [p, q]\nreferences: {p: {match: [x], missing: 7}}\n";
    List<String> variants =
        List.of(
            Sample.LEAST + more,
            Sample.LEAST,
            Sample.LEAST + "exclude: [p, q]\n",
            Sample.LEAST + "exclude: [p]\n",
            Sample.LEAST + "exclude: [p.q]\n",
            Sample.LEAST + "exclude: ['\"p.q\"']\n",
            Sample.LEAST + more.replace("[x]", "[y]"),
            Sample.LEAST + more.replace("[x]", "[x, y]"),
            Sample.LEAST + more.replace("7", "8"),
            Sample.LEAST + more.replace("7", "null"),
            Sample.LEAST + more.replace("7", "refuse"),
            Sample.LEAST.replace("[app.Model]", "[app.model]") + more,
            Sample.LEAST.replace("[app.Model]", "[app.Model, app.Other]") + more,
            Sample.LEAST.replace("[app.Model]", "[{model: app.Model, table: x}]") + more,
            Sample.LEAST.replace("[app.Model]", "[{model: app.Model, match: [x]}]") + more);
    Map<String, String> seen = new HashMap<>();

    for (String variant : variants) {
      assertThat(seen.put(Sample.read(variant).fingerprint(), variant)).as(variant).isNull();
    }
  }
}
