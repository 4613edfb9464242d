package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of columns that belong to an environment. */
class ColumnsTest {
  private static final TableName MODEL = new TableName("app", "Model");

  private static Map<String, ColumnRule> rules(String yaml) {
    return Sample.read(Sample.LEAST + yaml).columns().getOrDefault(MODEL, Map.of());
  }

  @Test
  void areReadByTableAndColumn() {
    assertThat(
            rules(
                """
                columns:
                  app.Model:
                    path: {rewrite: {dev: /mnt/archivio, prod: /srv/mygest/archivio}}
                    state: keep-target
                    token: {keep-target: {default: ""}}
                    cache: ignore
                """))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "path",
                new ColumnRule.Rewrite(
                    Map.of("dev", "/mnt/archivio", "prod", "/srv/mygest/archivio")),
                "state",
                new ColumnRule.KeepTarget(null),
                "token",
                new ColumnRule.KeepTarget(""),
                "cache",
                new ColumnRule.Ignore()));
  }

  @Test
  void areToldWithAllThatIsWrong() {
    assertThat(
            Sample.problems(
                Sample.LEAST
                    + """
                    columns:
                      app.Model:
                        a: keep_target
                        b: {rewrite: {dev: /mnt}}
                        c: {keep-target: {default: null}}
                        d: {ignore: true}
                        e: {rewrite: {dev: /a, prod: /b}, default: x}
                      a.b.c: {x: ignore}
                    """))
        .hasSize(7)
        .anyMatch(p -> p.contains("did you mean \"keep-target\"?"))
        .anyMatch(p -> p.contains("names less than two environments"))
        .anyMatch(p -> p.contains("says no value for new rows"))
        .anyMatch(p -> p.contains("columns.app.Model.d"))
        .anyMatch(p -> p.contains("default: unknown key"))
        .anyMatch(p -> p.contains("a.b.c"));
  }

  @Test
  void nameTheEnvironmentsThereAre() {
    String two =
        Sample.LEAST.replace(
            "environments:",
            "environments:\n  prod: {database: {url: \"postgresql://me@localhost/other\"}}");
    assertThat(Sample.problems(two + "columns: {app.Model: {a: {rewrite: {dev: /a, prd: /b}}}}\n"))
        .singleElement()
        .asString()
        .contains("did you mean \"prod\"?");
  }

  @Test
  void changeTheFingerprint() {
    assertThat(Sample.read(Sample.LEAST + "columns: {app.Model: {a: ignore}}\n").fingerprint())
        .isNotEqualTo(Sample.read(Sample.LEAST).fingerprint())
        .isNotEqualTo(
            Sample.read(Sample.LEAST + "columns: {app.Model: {a: keep-target}}\n").fingerprint());
  }
}
