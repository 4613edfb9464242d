package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFinderTest {
  @TempDir private Path folder = Path.of("");

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, Sample.LEAST);
  }

  private Surroundings at(String directory, String variable) {
    return new Surroundings(Map.of("SYNC_CONFIG", variable), folder.resolve(directory), folder);
  }

  @Test
  void whatIsGivenGoesBeforeTheVariableBeforeWhatIsNear() throws IOException {
    Path near = file("app/sync-config/sync.yaml");
    Path named = file("named.yaml");
    Path given = file("app/given.yaml");

    assertThat(ConfigFinder.find(Optional.of("given.yaml"), at("app", named.toString())))
        .isEqualTo(given);
    assertThat(ConfigFinder.find(Optional.of("~/app/given.yaml"), at("app", ""))).isEqualTo(given);
    assertThat(ConfigFinder.find(Optional.empty(), at("app", "../named.yaml"))).isEqualTo(named);
    assertThat(ConfigFinder.find(Optional.empty(), at("app", ""))).isEqualTo(near);
  }

  @Test
  void theNearestFolderUpwardsCountsAndTheOneInSyncConfigFirst() throws IOException {
    Path upper = file("sync-config/sync.yaml");
    file("sync.yaml");
    Path lower = file("a/sync.yaml");

    assertThat(ConfigFinder.find(Optional.empty(), at("", ""))).isEqualTo(upper);
    assertThat(ConfigFinder.find(Optional.empty(), at("a/b/c", ""))).isEqualTo(lower);
    assertThat(ConfigFinder.find(Optional.empty(), at("sync-config", "")))
        .isEqualTo(folder.resolve("sync-config/sync.yaml"));
  }

  @Test
  void aNamedFileThatIsNotThereIsNotLookedForElsewhere() throws IOException {
    file("sync.yaml");

    assertThatThrownBy(() -> ConfigFinder.find(Optional.of("none.yaml"), at("", "")))
        .isInstanceOf(SyncException.class)
        .hasMessage(
            "the configuration " + folder + "/none.yaml, named by --config, does not exist");
    assertThatThrownBy(() -> ConfigFinder.find(Optional.empty(), at("", folder.toString())))
        .isInstanceOf(SyncException.class)
        .hasMessage("the configuration " + folder + ", named by $SYNC_CONFIG, is a folder");
  }

  @Test
  void withoutAnyItTellsWhereItLooked() {
    SyncException error =
        catchThrowableOfType(
            SyncException.class, () -> ConfigFinder.find(Optional.empty(), at("x", "")));

    assertThat(error.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
    assertThat(error.what()).isEqualTo("no configuration in " + folder + "/x or above it");
    assertThat(error.hint()).contains("sync init");
    assertThat(error.details())
        .startsWith(folder + "/x/sync-config/sync.yaml", folder + "/x/sync.yaml")
        .endsWith("/sync-config/sync.yaml", "/sync.yaml");
  }
}
