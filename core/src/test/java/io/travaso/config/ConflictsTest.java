package io.travaso.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the configuration says of what both sides changed. */
class ConflictsTest {
  private static ConflictSetting ofModel(String yaml) {
    return Sample.read(yaml).tables().get(0).conflicts();
  }

  private static String entry(String more) {
    return Sample.LEAST.replace("[app.Model]", "[{model: app.Model, " + more + "}]");
  }

  @Test
  void nothingIsSaidWhereNothingIsWritten() {
    SyncConfig config = Sample.read(Sample.LEAST);

    assertThat(config.conflicts()).isEqualTo(ConflictSetting.NONE);
    assertThat(config.tables().get(0).conflicts()).isEqualTo(ConflictSetting.NONE);
  }

  @Test
  void aTableMayHaveItsOwn() {
    assertThat(ofModel(entry("on-conflict: source")))
        .isEqualTo(new ConflictSetting(OnConflict.SOURCE, null));
    assertThat(ofModel(entry("on-conflict: newest, newest-by: modified")))
        .isEqualTo(new ConflictSetting(OnConflict.NEWEST, "modified"));
    assertThat(Sample.read(Sample.LEAST + "on-conflict: target\n").conflicts())
        .isEqualTo(new ConflictSetting(OnConflict.TARGET, null));
  }

  @Test
  void theColumnMayBeNamedForAll() {
    SyncConfig config = Sample.read(entry("on-conflict: newest") + "newest-by: modified\n");

    assertThat(config.conflicts()).isEqualTo(new ConflictSetting(null, "modified"));
  }

  @Test
  void newestNeedsAColumn() {
    assertThat(Sample.problems(entry("on-conflict: newest")))
        .containsExactly(
            "sync.yaml:3: tables[1].on-conflict: is newest, and no column says which row that is;"
                + " for example newest-by: modified");
    assertThat(Sample.problems(Sample.LEAST + "on-conflict: newest\n")).hasSize(1);
  }

  @Test
  void wordsThatAreNoneAreToldWithTheNearest() {
    assertThat(Sample.problems(entry("on-conflict: nevest, newest_by: x") + "on-conflict: mine\n"))
        .containsExactly(
            "sync.yaml:3: tables[1].on-conflict: is no way to settle a conflict; did you mean"
                + " \"newest\"?",
            "sync.yaml:3: tables[1].newest_by: unknown key; did you mean \"newest-by\"?",
            "sync.yaml:4: on-conflict: is no way to settle a conflict; known are stop, source,"
                + " target, newest");
  }

  @Test
  void theFingerprintTellsEveryDifference() {
    List<String> fingerprints =
        List.of(
                Sample.LEAST,
                Sample.LEAST + "on-conflict: stop\n",
                Sample.LEAST + "on-conflict: source\n",
                Sample.LEAST + "newest-by: a\n",
                entry("on-conflict: source"),
                entry("on-conflict: newest, newest-by: a"),
                entry("on-conflict: newest, newest-by: b"))
            .stream()
            .map(yaml -> Sample.read(yaml).fingerprint())
            .toList();

    assertThat(fingerprints).doesNotHaveDuplicates();
  }

  @Test
  void theFingerprintIsAsBeforeWhereNothingIsSaid() {
    assertThat(Sample.read(Sample.LEAST).fingerprint()).isEqualTo(BEFORE);
  }

  @Test
  void theOtherHostGetsAllOfIt() {
    SyncConfig here =
        Sample.read(
            entry("on-conflict: newest, newest-by: \"when: #1\"")
                + "on-conflict: target\nnewest-by: 'no'\n");
    SyncConfig there =
        SyncConfig.parse(
            here.forEnvironment("dev"),
            Path.of("/srv/sync/sync-config/sync.yaml"),
            Sample.surroundings(Map.of()));

    assertThat(there.conflicts()).isEqualTo(here.conflicts());
    assertThat(there.tables()).isEqualTo(here.tables());
    assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
  }

  /** What the first version of the program said of it. */
  private static final String BEFORE =
      "fca53f7d3f45900040a669fe943a2640920d01f4d48d4a2f42b9f6b0f5196edd";
}
