package io.travaso.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sync export} and {@code sync import}: for those who move the file themselves. */
class HalvesIT {
  private Project project;

  @BeforeEach
  void open() {
    project = Project.everyday();
  }

  @AfterEach
  void close() {
    project.close();
  }

  private Path file(String name) {
    return project.folder().resolve(name);
  }

  @Test
  void exportIsWhatDumpdataWrites() throws IOException {
    JsonNode result =
        project
            .sync("export", "--env", "dev", "--output", "out.json", "--indent", "2", "--json")
            .exits(0)
            .result();

    assertThat(result.path("status").asText()).isEqualTo("applied");
    JsonNode records = Ended.JSON.readTree(file("out.json").toFile());
    assertThat(records).hasSize(122);
    assertThat(records.get(0).toString())
        .isEqualTo(
            "{\"model\":\"clienti.cliente\",\"pk\":1,\"fields\":{\"codice\":\"C1\","
                + "\"nome\":\"Cliente 1\",\"tariffa\":\"1.50\",\"preferenze\":{\"lingua\":\"it\"},"
                + "\"visto\":\"2026-01-02T00:00:00.123456Z\",\"responsabile\":[\"bruno\"]}}");
    assertThat(Files.readString(file("out.json")))
        .startsWith("[\n{\n  \"model\": \"clienti.cliente\",");
    assertThat(Project.mode(file("out.json"))).isEqualTo("rw-------");
    JsonNode manifest = Ended.JSON.readTree(file("out.manifest.json").toFile());
    assertThat(manifest.toString()).contains(result.path("fixture").path("sha256").asText());
  }

  @Test
  void everyEndingHoldsTheSame() {
    project.sync("export", "--env", "dev", "--output", "plain.json").exits(0);
    for (String name : List.of("g.json.gz", "z.json.zst")) {
      project.sync("export", "--env", "dev", "--output", name).exits(0);
      project
          .sync("import", "--env", "prod", "--input", name, "--dry-run", "--json")
          .exits(0)
          .counts(2, 1, 0, 119, 1);
    }
    assertThat(project.run("gzip", "-dc", "g.json.gz").exits(0).out())
        .isEqualTo(Project.read(file("plain.json")));
  }

  @Test
  void jsonLinesHoldTheSame() throws IOException {
    project.sync("export", "--env", "dev", "--output", "plain.json").exits(0);
    project.sync("export", "--env", "dev", "--output", "lines.jsonl.gz").exits(0);
    project
        .sync("export", "--env", "dev", "--output", "plain.jsonl")
        .exits(2)
        .says("plain.json", "plain.manifest.json");
    for (String contrary : List.of("--indent", "--format")) {
      String value = contrary.equals("--indent") ? "2" : "json";
      project.sync("export", "--env", "dev", "--output", "other.jsonl", contrary, value).exits(2);
    }
    project.sync("export", "--env", "dev", "--format", "yaml").exits(2).says("json or jsonl");
    project.sync("export", "--env", "dev", "--format", "jsonl").exits(0);

    String lines = project.run("gzip", "-dc", "lines.jsonl.gz").exits(0).out();
    assertThat(lines.lines()).hasSize(122).allMatch(l -> l.startsWith("{") && l.endsWith("}}"));
    assertThat(project.files("exports")).anyMatch(name -> name.endsWith(".jsonl"));
    for (String name : List.of("plain.json", "lines.jsonl.gz")) {
      project
          .sync("import", "--env", "prod", "--input", name, "--dry-run", "--json")
          .exits(0)
          .counts(2, 1, 0, 119, 1);
    }
  }

  @Test
  void exportMergeExportIsIdentical() throws IOException {
    project.sync("export", "--env", "dev", "--output", "one.json").exits(0);
    project
        .sync("import", "--env", "prod", "--input", "one.json", "--full-replace", "--force")
        .exits(0)
        .says("2/8 export    skipped: the fixture is ");
    project.sync("export", "--env", "prod", "--output", "two.json").exits(0);

    assertThat(file("two.json")).hasSameBinaryContentAs(file("one.json"));
    assertThat(project.dumps()).hasSize(1);
    project.sync("rollback-last-sync", "--force").exits(0);
    assertThat(project.prod().customer(102)).hasSize(1);
  }

  @Test
  void importDryRunWritesNothingAndWithoutForceItAsks() {
    project.sync("export", "--env", "dev", "--output", "out.json").exits(0);
    Map<String, List<String>> before = project.prod().rows();

    project
        .sync("import", "--env", "prod", "--input", "out.json", "--dry-run", "--exit-code")
        .exits(3);
    project.sync("import", "--env", "prod", "--input", "out.json").exits(5);

    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.prod().hasLedger()).isFalse();
  }

  @Test
  @Holds(value = "J6", as = Outcome.REFUSED)
  void damagedFixturesAreRefusedBeforeAnythingIsWritten() throws IOException {
    project.sync("export", "--env", "dev", "--output", "out.json").exits(0);
    Map<String, List<String>> before = project.prod().rows();
    String text = Files.readString(file("out.json"));

    Files.writeString(file("out.json"), text.replace("\"72.00\"", "\"99.00\""));
    importIt("out.json").exits(1).says("out.json");
    Files.writeString(file("out.json"), text);
    try (FileChannel channel = FileChannel.open(file("out.json"), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 100);
    }
    importIt("out.json").exits(1).says("out.json");
    Files.writeString(file("out.json"), text);
    project.sync("export", "--env", "dev").exits(0);
    String export = "exports/" + project.files("exports").get(0);
    Files.delete(file(export.replace(".json", ".manifest.json")));
    importIt(export).exits(1).says(".manifest.json");
    importIt("nowhere.json").exits(2).says("nowhere.json");

    assertThat(project.prod().rows()).isEqualTo(before);
    assertThat(project.dumps()).isEmpty();
  }

  private Ended importIt(String name) {
    return project.sync("import", "--env", "prod", "--input", name, "--force", "--json");
  }

  @Test
  void aFixtureOfOtherTablesIsRefused() {
    project
        .sync("export", "--env", "dev", "--output", "part.json", "--models", "clienti.Cliente")
        .exits(0);

    importIt("part.json").exits(5).says("pratiche.Pratica is not in the fixture", "--models");
    project
        .sync(
            "import",
            "--env",
            "prod",
            "--input",
            "part.json",
            "--models",
            "clienti.Cliente",
            "--force",
            "--json")
        .exits(0)
        .counts(1, 1, 0, 99, 1);
  }

  @Test
  void aSchemaThatDriftedIsRefusedWithTheDifference() {
    project.sync("export", "--env", "dev", "--output", "out.json").exits(0);
    project.prod().execute("ALTER TABLE clienti_cliente ADD COLUMN telefono text");

    importIt("out.json").exits(5).says("clienti.Cliente: column telefono is only in prod");
  }

  @Test
  void lastFiveExportsAreKept() throws IOException {
    project.sync("dev-to-prod", "--dry-run").exits(0);
    String first = project.files("exports").get(0).replace(".json.zst", "");
    for (int i = 10; i < 17; i++) {
      String name = "dev_export_20200101_0000" + i;
      Files.copy(file("exports/" + first + ".json.zst"), file("exports/" + name + ".json.zst"));
      String manifest = Project.read(file("exports/" + first + ".manifest.json"));
      project.write("exports/" + name + ".manifest.json", manifest.replace(first, name));
    }
    project.write("exports/mine.json.zst", "not ours");

    project.sync("dev-to-prod", "--dry-run").exits(0);

    assertThat(project.files("exports"))
        .contains("mine.json.zst")
        .doesNotContain("dev_export_20200101_000013.json.zst")
        .filteredOn(name -> name.startsWith("dev_export_") && name.endsWith(".zst"))
        .contains("dev_export_20200101_000014.json.zst")
        .hasSize(5);
  }
}
