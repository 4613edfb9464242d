package io.travaso.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.cli.testing.Surrounded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a command about services is said before anything is opened. */
class ServiceCommandsTest {
  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("sync.yaml"),
        """
        environments:
          dev:
            database: {url: "postgresql://me@localhost:1/app"}
          test:
            database: {url: "postgresql://me@localhost:2/app"}
        services:
          nextcloud:
            environment: dev
            compose: /srv/nextcloud/docker-compose.yml
            volumes: {html: {service: app, path: /var/www/html}}
          redmine:
            environment: test
            compose: /srv/redmine/docker-compose.yml
            volumes: {files: {service: app, path: /files}}
        tables: [a.B]
        """);
  }

  private String error(String... args) {
    Surrounded surrounded = new Surrounded(folder);
    assertThat(surrounded.run(args)).as(surrounded.err().text()).isEqualTo(2);
    assertThat(surrounded.out().text()).isEmpty();
    return surrounded.err().text();
  }

  @Test
  void anUpgradeSaysWhere() {
    assertThat(error("upgrade", "nextcloud")).contains("--to TAG is missing");
    assertThat(error("upgrade", "nextcloud", "--to", "29", "--rollback"))
        .contains("--rollback goes back by itself");
    assertThat(error("upgrade", "nextcloud", "--to", "29", "--lose-writes"))
        .contains("--lose-writes says something about --rollback alone");
  }

  @Test
  void anUpgradeNeedsARunbook() {
    assertThat(error("upgrade", "nextcloud", "--to", "29"))
        .contains("There is no runbook for nextcloud", "runbooks/nextcloud.yaml", "--runbook");
  }

  @Test
  void theLatestBackupIsOfAService() {
    assertThat(error("verify", "latest")).contains("latest needs --service NAME");
    assertThat(error("restore", "latest")).contains("latest needs --service NAME");
    assertThat(error("restore", "redmine_20261121_030000", "--service", "nextcloud"))
        .contains("redmine_20261121_030000 is no backup of nextcloud");
  }

  @Test
  void onlyServicesAreCopied() {
    assertThat(error("backup", "--to", "offsite")).contains("--to copies backups of services");
    assertThat(error("backup", "nextcloud", "--to", "offsite", "--env", "dev"))
        .contains("There is no place \"offsite\"");
    assertThat(error("backup", "nextcloud", "--prune", "--to", "offsite"))
        .contains("--prune only removes backups here");
  }

  @Test
  void aServiceIsKnown() {
    assertThat(error("backup", "nextclout"))
        .contains("There is no service \"nextclout\"", "Did you mean \"nextcloud\"?");
    assertThat(error("resume", "x")).contains("Known are nextcloud, redmine");
  }

  @Test
  void servicesOfTwoEnvironmentsAreBackedUpOneAfterTheOther() {
    assertThat(error("backup", "nextcloud", "redmine"))
        .contains("These services are in different environments: dev, test");
  }

  @Test
  void aCloneGoesFromOneToAnother() {
    assertThat(error("clone", "dev", "dev")).contains("Source and target are both dev");
    assertThat(error("clone", "prod", "dev")).contains("there is no environment \"prod\"");
  }
}
