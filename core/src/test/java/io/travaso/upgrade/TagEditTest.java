package io.travaso.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.Finding;
import io.travaso.config.Runbook;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compose files of every look, and what changing a tag leaves of them. */
class TagEditTest {
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "image: nextcloud:29                          | image: nextcloud:30",
        "image:    'nextcloud:29'   # kept: nextcloud:29 | image:    'nextcloud:30'   # kept:"
            + " nextcloud:29",
        "image: \"nextcloud:29\"                        | image: \"nextcloud:30\"",
        "image: nextcloud                             | image: nextcloud:30",
        "image: registry.example.org:5000/a/nextcloud | image:"
            + " registry.example.org:5000/a/nextcloud:30",
        "image: localhost:5000/nextcloud:29           | image: localhost:5000/nextcloud:30",
        "image: &one nextcloud:29                     | image: &one nextcloud:30",
        "image: !!str nextcloud:29                    | image: !!str nextcloud:30",
        "image: &a !!str \"nextcloud:29\" # x           | image: &a !!str \"nextcloud:30\" # x",
        "'image': nextcloud:29                        | 'image': nextcloud:30",
        "\"image\" : nextcloud:29                       | \"image\" : nextcloud:30",
        "? image~    : nextcloud:29                  | ? image~    : nextcloud:30",
        "image:~      nextcloud:29                   | image:~      nextcloud:30",
        "image: ${REGISTRY:-docker.io}/nextcloud:29   | image: ${REGISTRY:-docker.io}/nextcloud:30",
        "image: $REGISTRY/nextcloud:29                | image: $REGISTRY/nextcloud:30",
        "image: nextcloud:${ABSENT:-29}               | image: nextcloud:${ABSENT:-30}",
        "image: nextcloud:${ABSENT-29}                | image: nextcloud:${ABSENT-30}",
        "image: nextcloud:${EMPTY:-29}                | image: nextcloud:${EMPTY:-30}",
        "image: ${ABSENT:-nextcloud:29}               | image: ${ABSENT:-nextcloud:30}",
        "image: ${ABSENT:-localhost:5000/nextcloud}   | image:"
            + " ${ABSENT:-localhost:5000/nextcloud:30}",
      })
  void onlyTheTagChanges(String before, String after) {
    String start = "# größer: 😀\nservices:\n  app:\n    ";
    String end = "\n    environment: {TAG: nextcloud:29}\n  other:\n    image: nextcloud:29\n";
    TagEdit.Edited edited =
        edit(start + lines(before) + end, "REGISTRY=docker.io\nEMPTY=\n", "30", "app");

    assertThat(edited.problems()).isEmpty();
    assertThat(edited.texts().compose()).isEqualTo(start + lines(after) + end);
    assertThat(edited.to().get("app")).endsWith("nextcloud:30");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nextcloud:${TAG}         | 30        | A=1~TAG=29 # old~B=2  | A=1~TAG=30 # old~B=2",
        "nextcloud:$TAG           | 30        | TAG=28^TAG='29'^      | TAG=28^TAG='30'^",
        "nextcloud:${TAG:-28}     | 30        | export TAG = \"29\"    | export TAG = \"30\"",
        "nextcloud:${TAG:?set it} | 30        | TAG=29                | TAG=30",
        "${IMAGE}                 | 30        | IMAGE=nextcloud:29    | IMAGE=nextcloud:30",
        "${IMAGE:-nextcloud:1}    | 30        | IMAGE=a:5000/nextcloud | IMAGE=a:5000/nextcloud:30",
        "nextcloud:${V}-apache    | 30-apache | V=29                  | V=30",
        "nextcloud:v${V}          | v30       | Q=\"a~V=1\"~V=29       | Q=\"a~V=1\"~V=30",
        "nextcloud:${TAG}         | 30        | #TAG=1~ TAG=29~       | #TAG=1~ TAG=30~",
      })
  void theVariableChanges(String image, String tag, String before, String after) {
    String compose = "services: {app: {image: \"" + image + "\"}}\r\n";
    TagEdit.Edited edited = edit(compose, lines(before), tag, "app");

    assertThat(edited.problems()).isEmpty();
    assertThat(edited.texts().compose()).isEqualTo(compose);
    assertThat(edited.texts().dotenv()).isEqualTo(lines(after));
    assertThat(edited.to().get("app")).endsWith("nextcloud:" + tag);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app: {image:"
            + " \"nextcloud:29@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}"
            + " | pinned by a digest",
        "app: {image: \"nextcloud:${TAG}\"}                     | TAG, which is not in .env",
        "app: {image: \"nextcloud:${SET}\"}                     | set in the environment of this"
            + " process",
        "app: {image: \"nextcloud:${SET:-29}\"}                 | set in the environment of this"
            + " process",
        "app: {image: \"nextcloud:${A:-${B}}\"}                 | a variable that is not"
            + " understood",
        "app: {image: \"nextcloud:${SEVEN}.${SEVEN}\"}          | made of several variables",
        "app: {image: \"nextcloud:${SEVEN}-fpm\"}               | 30 is not of that form",
        "app: {image: \"nextcloud${SUFFIX}\"}                   | where its tag stands can't be"
            + " told",
        "app: {image: \"nextcloud:${ESCAPED}\"}                 | not written as one plain value",
        "app: {image: \"next\\x63loud:29\"}                      | with escapes",
        "app: {build: .}                                      | it is built on this host",
        "app: {command: x}                                    | it names no image",
        "app: {extends: {file: base.yml, service: app}}       | stands in base.yml",
        "app: {image: [nextcloud]}                            | not one value",
        "app: {image: \"NEXT cloud\"}                           | no image's name",
        "app: {image: \"mariadb:11\"}                           | is of mariadb, not of nextcloud",
        "ap: {image: \"nextcloud:29\"}                          | there is no such service",
      })
  void whatCannotBeChangedIsSaid(String services, String why) {
    String compose = "services:\n  " + services + "\n";
    String dotenv = "SEVEN=7\nSUFFIX=:29\nESCAPED=\"${SEVEN}\"\n";
    TagEdit.Edited edited =
        new TagEdit(
                ComposeTexts.of("docker-compose.yml", compose, dotenv, Map.of("SET", "29")), "30")
            .apply(List.of(new Runbook.Image("app", "nextcloud", false, null)));

    assertThat(edited.problems()).hasSize(1);
    assertThat(edited.problems().get(0).what()).contains(why);
    assertThat(edited.texts().compose()).isEqualTo(compose);
    assertThat(edited.texts().dotenv()).isEqualTo(dotenv);
  }

  @Test
  void aDigestIsRemovedWhereTheRunbookSaysSo() {
    String digest = "@sha256:" + "0123456789abcdef".repeat(4);
    String compose = "services: {app: {image: \"nextcloud:29%s\"}, b: {image: \"${B}\"}}\n";
    ComposeTexts texts =
        ComposeTexts.of("c", compose.formatted(digest), "B=nextcloud:29" + digest, Map.of());
    TagEdit.Edited edited =
        new TagEdit(texts, "30")
            .apply(
                List.of(
                    new Runbook.Image("app", null, true, null),
                    new Runbook.Image("b", null, true, null)));

    assertThat(edited.problems()).isEmpty();
    assertThat(edited.texts().compose()).isEqualTo(compose.formatted("").replace(":29", ":30"));
    assertThat(edited.texts().dotenv()).isEqualTo("B=nextcloud:30");
  }

  private static final String SHARED =
      """
      x-base: &base
        image: &img "redmine:5.0"   # the one line
        restart: always
      x-more: &more {<<: *base, tty: true}
      services:
        app:
          <<: *base
          ports: ["80:3000"]
        worker:
          <<: [*more, {labels: [a]}]
        cron: {image: *img}
        late: {extends: app}
        later: {extends: {service: cron}}
        own: {<<: *base, image: redmine:4}
      """;

  @Test
  void aLineThatServicesShareChangesOnce() {
    TagEdit.Edited edited = edit(SHARED, null, "5.1", "app", "worker", "cron", "late", "later");

    assertThat(edited.problems()).isEmpty();
    assertThat(edited.texts().compose()).isEqualTo(SHARED.replace("redmine:5.0", "redmine:5.1"));
  }

  @Test
  void servicesThatNobodyNamedDoNotChangeWithIt() {
    TagEdit.Edited edited = edit(SHARED, null, "5.1", "app", "worker");

    assertThat(edited.problems().stream().map(Finding::what))
        .containsExactly(
            "cron has its image by the same line as others, and would change too",
            "late has its image by the same line as others, and would change too",
            "later has its image by the same line as others, and would change too");
    assertThat(edited.texts().compose()).isEqualTo(SHARED);
  }

  @Test
  void aVariableOfServicesThatNobodyNamedIsLeftAlone() {
    String compose = "services: {app: {image: \"a:$TAG\"}, db: {image: \"b:${TAG:-1}\"}}";

    assertThat(edit(compose, "TAG=1", "2", "app").problems()).hasSize(1);
    assertThat(edit(compose, "TAG=1", "2", "app", "db").texts().dotenv()).isEqualTo("TAG=2");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(edit("services: {a: {build: .}, b: {}}", null, "2", "a", "b", "c").problems())
        .hasSize(3);
  }

  /** Whatever the file looks like, nothing but the tags of the named services is another byte. */
  @Test
  void filesOfAnyLookKeepEveryOtherByte() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int services = 1 + random.nextInt(5);
      StringBuilder before = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
      StringBuilder after = new StringBuilder(before);
      String newline = random.nextBoolean() ? "\n" : "\r\n";
      both(before, after, "# " + noise(random) + newline + "services:" + newline);
      for (int i = 0; i < services; i++) {
        both(before, after, "  s" + i + ":" + newline);
        both(before, after, "    command: [\"image: nextcloud:29\"]  # " + noise(random) + newline);
        String quote = pick(random, "", "'", "\"");
        String name = pick(random, "nextcloud", "r.example.org:5000/x/nextcloud", "a/b-c__d.e");
        both(before, after, "    image: " + quote + name + ":");
        before.append("29.0");
        after.append(i % 2 == 0 ? "30-apache" : "29.0");
        both(
            before,
            after,
            quote + pick(random, "", "  ", " # image: x:1 " + noise(random)) + newline);
        both(before, after, "    labels: {note: \"" + noise(random) + "\"}" + newline);
      }
      String[] named =
          IntStream.range(0, services)
              .filter(i -> i % 2 == 0)
              .mapToObj(i -> "s" + i)
              .toArray(String[]::new);
      TagEdit.Edited edited = edit(before.toString(), null, "30-apache", named);

      assertThat(edited.problems()).as("seed %d", seed).isEmpty();
      assertThat(edited.texts().compose()).as("seed %d", seed).isEqualTo(after.toString());
    }
  }

  /** In the tables above ~ stands for the end of a line, ^ for one of Windows. */
  private static String lines(String text) {
    return text.replace("~", "\n").replace("^", "\r\n");
  }

  private static void both(StringBuilder one, StringBuilder other, String text) {
    one.append(text);
    other.append(text);
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String noise(Random random) {
    return pick(random, "", "é", "😀 smile", "nextcloud:29.0", "$$HOME", "日本語", "tab\there");
  }

  private static TagEdit.Edited edit(
      String compose, @Nullable String dotenv, String tag, String... services) {
    return new TagEdit(ComposeTexts.of("docker-compose.yml", compose, dotenv, Map.of()), tag)
        .apply(Stream.of(services).map(Runbook.Image::new).toList());
  }
}
