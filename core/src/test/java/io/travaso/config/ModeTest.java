package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeTest {
  @TempDir private Path folder = Path.of("");

  private SyncConfig read(String mode, String envSync, String variable) throws IOException {
    if (!envSync.isEmpty()) {
      Files.writeString(folder.resolve(".env.sync"), envSync);
    }
    return SyncConfig.parse(
        Sample.LEAST + mode,
        folder.resolve("sync-config/sync.yaml"),
        new Surroundings(Map.of("SYNC_MODE", variable), folder, folder));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', ",
    "'mode: dev_to_prod', '', '', DEV_TO_PROD",
    "'', SYNC_MODE=prod_to_dev, '', PROD_TO_DEV",
    "'', export SYNC_MODE='prod-to-dev', '', PROD_TO_DEV",
    "'', SYNC_MODE=prod_to_dev, DEV_TO_PROD, DEV_TO_PROD",
    "'mode: dev_to_prod', SYNC_MODE=prod_to_dev, dev_to_prod, DEV_TO_PROD",
    "'mode: dev_to_prod', SYNC_MODE=, '', DEV_TO_PROD",
    "'', OTHER=x, '', ",
  })
  void theEnvironmentGoesBeforeTheFileBeforeTheConfiguration(
      String mode, String envSync, String variable, Direction direction) throws IOException {
    assertThat(read(mode, envSync, variable).mode()).isEqualTo(direction);
  }

  @Test
  void aContradictionIsAProblemNotAChoice() {
    assertThat(problems("mode: dev_to_prod", "SYNC_MODE=prod_to_dev", ""))
        .containsExactly(
            "sync.yaml:4: mode: says dev_to_prod, and SYNC_MODE in "
                + folder.resolve(".env.sync")
                + " says prod_to_dev; remove the wrong one");
  }

  @Test
  void anythingElseIsAProblem() {
    assertThat(problems("", "", "both"))
        .containsExactly(
            "$SYNC_MODE: SYNC_MODE is not a direction; write dev_to_prod or prod_to_dev, or remove it");
  }

  @Test
  void aFileThatCannotBeReadIsAProblemAmongTheOthers() throws IOException {
    Files.createDirectory(folder.resolve(".env.sync"));

    assertThat(problems("mode: both", "", ""))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains(".env.sync: it is a folder"));
  }

  @Test
  void surroundingsDoNotPrintTheirVariables() {
    assertThat(Sample.surroundings(Map.of("DB_PASSWORD", "hunter2")).toString())
        .contains("/project")
        .doesNotContain("hunter2");
  }

  private List<String> problems(String mode, String envSync, String variable) {
    return catchThrowableOfType(SyncException.class, () -> read(mode, envSync, variable)).details();
  }

  @Test
  void aDirectionKnowsItsNames() {
    assertThat(Direction.DEV_TO_PROD.command()).isEqualTo("dev-to-prod");
    assertThat(Direction.PROD_TO_DEV.source()).isEqualTo("prod");
    assertThat(Direction.PROD_TO_DEV.target()).isEqualTo("dev");
    assertThat(Direction.of(" Dev-To-Prod ")).hasValue(Direction.DEV_TO_PROD);
    assertThat(Direction.of("dev")).isEmpty();
  }
}
