package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oldest and the newest PostgreSQL, with each other. */
@Tag("night")
class VersionsIT {

  @ParameterizedTest
  @CsvSource({"12, 18", "18, 12"})
  void bothWays(int older, int newer) {
    try (Project project =
        Project.local(
            Office.dev(PostgresServer.ofVersion(older)).everydayOfDev(),
            Office.prod(PostgresServer.ofVersion(newer)).everydayOfProd())) {
      project
          .sync("dev-to-prod", "--force", "--no-backup", "--json")
          .exits(0)
          .counts(2, 1, 0, 119, 1);
      project.sync("prod-to-dev", "--force", "--no-backup", "--full-replace").exits(0);

      assertThat(project.dev().set()).isEqualTo(project.prod().set());
      assertThat(project.dev().customer(102)).hasSize(1);
    }
  }
}
