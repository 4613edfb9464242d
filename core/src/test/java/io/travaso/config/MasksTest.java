package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.mask.MaskKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is masked before it leaves the environment whose data are real. */
class MasksTest {
  private static final TableName MODEL = new TableName("app", "Model");

  private static final String TWO =
      """
      environments:
        dev: {database: {url: "postgresql://me@localhost/app"}}
        prod: {protected: true, database: {url: "postgresql://me@localhost/other"}}
      tables: [app.Model]
      """;

  private static final String KEY = "mask-key: {env: MASK_KEY}\n";

  private static final String EVERY_KIND =
      """
      mask-policy: strict
      mask:
        app.Model:
          a: email
          b: phone
          c: digits
          d: format
          e: name
          f: hash
          g: {hash: keyed}
          h: redact
          i: {fixed: ""}
          j: null
          k: ~
          l: date
          m: {date: year}
          n: keep
          o: {fixed: "null"}
        public."x.y": {"on": keep}
      """;

  @Test
  void areReadByTableAndColumn() {
    Masks masks = Sample.read(TWO + KEY + EVERY_KIND).masks();
    assertThat(masks.key()).isEqualTo(new SecretReference.FromEnv("MASK_KEY"));
    assertThat(masks.strict()).isTrue();
    assertThat(masks.rules().keySet()).containsExactly(MODEL, new TableName("public", "x.y"));
    assertThat(masks.rules().get(MODEL))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("a", new MaskRule("email", null)),
                Map.entry("b", new MaskRule("phone", null)),
                Map.entry("c", new MaskRule("digits", null)),
                Map.entry("d", new MaskRule("format", null)),
                Map.entry("e", new MaskRule("name", null)),
                Map.entry("f", new MaskRule("hash", null)),
                Map.entry("g", new MaskRule("hash", null)),
                Map.entry("h", new MaskRule("redact", null)),
                Map.entry("i", new MaskRule("fixed", "")),
                Map.entry("j", new MaskRule("null", null)),
                Map.entry("k", new MaskRule("null", null)),
                Map.entry("l", new MaskRule("date", "year")),
                Map.entry("m", new MaskRule("date", "year")),
                Map.entry("n", new MaskRule("keep", null)),
                Map.entry("o", new MaskRule("fixed", "null"))));
    assertThat(Sample.read(TWO).masks()).isEqualTo(Masks.NONE);
  }

  /** The configuration and the masks have the same words, and know which need a key. */
  @Test
  void everyKindIsOne() {
    assertThat(Arrays.stream(MaskKind.values()).map(MaskKind::word))
        .containsExactlyInAnyOrderElementsOf(MasksReader.KINDS);
    assertThat(
            Arrays.stream(MaskKind.values())
                .filter(MaskKind::isKeyed)
                .map(MaskKind::word)
                .collect(Collectors.toSet()))
        .isEqualTo(MasksReader.KEYED);
  }

  @Test
  void areToldWithAllThatIsWrong() {
    assertThat(
            Sample.problems(
                TWO
                    + """
                    mask-policy: strickt
                    mask-key: "4f1c"
                    mask:
                      app.Model:
                        a: emial
                        b: fixed
                        c: {fixed: null}
                        d: {hash: md5}
                        e: {date: month}
                        f: {redact: x}
                        g: {fixed: x, hash: keyed}
                        h: [email]
                        i:
                        j: rot13
                      a.b.c: {x: keep}
                      app.Other: email
                    """))
        .hasSize(14)
        .anyMatch(p -> p.contains("mask-policy: is neither strict nor lenient"))
        .anyMatch(p -> p.contains("mask-key: a secret does not belong into this file"))
        .anyMatch(p -> p.contains("app.Model.a") && p.contains("did you mean \"email\"?"))
        .anyMatch(p -> p.contains("app.Model.b") && p.contains("{fixed: TEXT}"))
        .anyMatch(p -> p.contains("app.Model.c.fixed: is no text"))
        .anyMatch(p -> p.contains("write {hash: keyed}"))
        .anyMatch(p -> p.contains("write {date: year}"))
        .anyMatch(p -> p.contains("app.Model.f: is no kind of mask"))
        .anyMatch(p -> p.contains("app.Model.g.hash: unknown key"))
        .anyMatch(p -> p.contains("app.Model.h: is a list"))
        .anyMatch(p -> p.contains("app.Model.i: has no value"))
        .anyMatch(p -> p.contains("app.Model.j") && p.contains("for example email"))
        .anyMatch(p -> p.contains("a.b.c"))
        .anyMatch(p -> p.contains("app.Other: is a value, not a group of keys"))
        .noneMatch(p -> p.contains("4f1c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "phone", "digits", "format", "name", "hash"})
  void needAKeyWhereOneMakesThem(String kind) {
    assertThat(Sample.problems(TWO + "mask: {app.Model: {a: " + kind + "}}\n"))
        .singleElement()
        .asString()
        .contains("needs a mask-key", "openssl rand -hex 32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redact", "null", "keep", "date", "{fixed: x}"})
  void needNoneWhereNoneDoes(String kind) {
    String yaml = TWO + "mask: {app.Model: {a: " + kind + "}}\n";
    assertThat(Sample.read(yaml).masks().rules()).hasSize(1);
  }

  @Test
  void areAboutAProtectedEnvironment() {
    String open = TWO.replace("protected: true, ", "");
    assertThat(Sample.problems(open + "mask: {app.Model: {a: keep}}\n"))
        .singleElement()
        .asString()
        .contains("none is", "protected: true");
    assertThat(Sample.problems(open + "mask-policy: strict\n")).hasSize(1);
    // On its own host an environment does not know the others.
    assertThat(Sample.read(Sample.LEAST + "mask: {app.Model: {a: keep}}\n").masks().rules())
        .hasSize(1);
  }

  @Test
  void changeTheFingerprintOfBothSides() {
    String plain = Sample.read(TWO).fingerprint();
    String one = Sample.read(TWO + KEY + "mask: {app.Model: {a: hash}}\n").fingerprint();
    assertThat(Sample.read(TWO + KEY).fingerprint()).isEqualTo(plain);
    assertThat(one)
        .isNotEqualTo(plain)
        .isNotEqualTo(Sample.read(TWO + KEY + "mask: {app.Model: {a: email}}\n").fingerprint())
        .isNotEqualTo(Sample.read(TWO + KEY + "mask: {app.Model: {b: hash}}\n").fingerprint())
        .isNotEqualTo(
            Sample.read(TWO + KEY + "mask-policy: strict\nmask: {app.Model: {a: hash}}\n")
                .fingerprint())
        .isEqualTo(
            Sample.read(TWO + "mask-key: {file: k}\nmask: {app.Model: {a: {hash: keyed}}}\n")
                .fingerprint());
    assertThat(Sample.read(TWO + "mask: {app.Model: {a: {fixed: x}}}\n").fingerprint())
        .isNotEqualTo(Sample.read(TWO + "mask: {app.Model: {a: {fixed: y}}}\n").fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void goWithADeployment(String environment) {
    SyncConfig here = Sample.read(TWO + KEY + EVERY_KIND);
    SyncConfig there =
        SyncConfig.parse(
            here.forEnvironment(environment),
            Path.of("/srv/sync/sync-config/sync.yaml"),
            Sample.surroundings(Map.of()));
    assertThat(there.masks()).isEqualTo(here.masks());
    assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
  }
}
