package io.travaso.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.config.Environment;
import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many processors each of two environments is read by. */
class JobsOptionTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final SyncConfig config =
      SyncConfig.parse(
          """
          environments:
            dev:
              database: {url: "postgresql://app@db/shop"}
            here:
              database: {url: "postgresql://app@other/shop"}
              reading: {jobs: 7}
            there:
              ssh: {host: vps, user: deploy}
              home: /srv/app
              database: {url: "postgresql://app@db/shop"}
            loop:
              ssh: {host: 127.0.0.1, user: deploy}
              home: /srv/app
              database: {url: "postgresql://app@db/shop"}
          tables: [app.Model]
          """,
          Path.of("/project/sync.yaml"),
          new Surroundings(Map.of(), Path.of("/project"), Path.of("/home/app")));
  private final Environment dev = config.environment("dev");
  private final Environment here = config.environment("here");
  private final Environment there = config.environment("there");
  private final JobsOption option = new JobsOption();

  @Test
  void isWhatWasSaidForBoth() {
    option.jobs = 3;
    assertThat(option.reading(dev).jobs(PROCESSORS)).isEqualTo(3);
    assertThat(option.reading(here).jobs(PROCESSORS)).isEqualTo(3);
    assertThat(option.reading(dev, here).jobs(PROCESSORS)).isEqualTo(3);
    assertThat(option.reading(there, dev).jobs(PROCESSORS)).isEqualTo(3);
  }

  @Test
  void isWhatTheConfigurationSaysOtherwise() {
    assertThat(option.reading(here)).isEqualTo(here);
    assertThat(option.reading(here, dev)).isEqualTo(here);
  }

  @Test
  void isHalfOfTheMachineForEachWhereBothAreOnIt() {
    int half = Math.max(1, PROCESSORS / 2);
    assertThat(option.reading(dev, here).jobs(PROCESSORS)).isEqualTo(half);
    Environment loop = config.environment("loop");
    assertThat(option.reading(dev, loop).jobs(PROCESSORS)).isEqualTo(half);
    assertThat(option.reading(loop, dev).jobs(PROCESSORS)).isEqualTo(half);
    assertThat(option.reading(loop, there)).isEqualTo(loop);
    assertThat(option.reading(dev, there)).isEqualTo(dev);
    assertThat(option.reading(there, dev)).isEqualTo(there);
    assertThat(option.reading(dev)).isEqualTo(dev);
  }
}
