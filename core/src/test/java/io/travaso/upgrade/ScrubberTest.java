package io.travaso.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScrubberTest {
  @Test
  void secretsAreTakenOutOfWhatProgramsWrite() {
    Scrubber scrubber = new Scrubber(List.of("hunter2", "hunter2-longer", "abc"));

    assertThat(
            scrubber.scrub(
                List.of(
                    "no hunter2 and no hunter2-longer, but abc is a word",
                    "connecting to postgresql://me:s3cr3t@host/db",
                    "settings: {'SECRET_KEY': 'x y', \"password\": \"p\", api_key=k")))
        .containsExactly(
            "no *** and no ***, but abc is a word",
            "connecting to postgresql://me:***@host/db",
            "settings: {'SECRET_KEY': ***, \"password\": ***, api_key=***");
    assertThat(Scrubber.isSecret("MARIADB_ROOT_PASSWORD")).isTrue();
    assertThat(Scrubber.isSecret("LANG")).isFalse();
  }

  @Test
  void tagsSayWhichVersionTheyAre() {
    assertThat(Versions.of("v30.0.2-fpm")).contains(new Versions(30, "30.0.2", "fpm"));
    assertThat(Versions.of("release-10.5")).contains(new Versions(10, "10.5", ""));
    assertThat(Versions.of("10.11")).contains(new Versions(10, "10.11", ""));
    assertThat(Versions.of("latest")).isEqualTo(Optional.empty());
    assertThat(isBefore("10.9", "10.11")).isTrue();
    assertThat(isBefore("30", "30.1")).isFalse();
    assertThat(isBefore("11.4", "10.11.9")).isFalse();
  }

  private static boolean isBefore(String one, String other) {
    return Versions.of(one).orElseThrow().isBefore(Versions.of(other).orElseThrow());
  }
}
