package io.travaso.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.travaso.SyncException;
import io.travaso.SyncException.Kind;
import io.travaso.config.Direction;
import io.travaso.config.OnConflict;
import io.travaso.merge.ConflictRule;
import io.travaso.merge.Decision;
import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.merge.Reconciliation;
import io.travaso.merge.TablePlan;
import io.travaso.pipeline.PlanReview.Planned;
import io.travaso.site.Exported;
import io.travaso.site.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is kept, and held against what is there later. */
class SavedPlanTest {
  private static final Exported EXPORTED =
      new Exported(
          "/srv/x.json.zst", "/srv/x.manifest.json", "ab12", 7, 3, "/srv/x.digests", true, 0);
  private static final Map<String, String> AGREED = Map.of("public.a", "run-1");

  @TempDir Path folder;

  private static SyncOptions options() {
    return new SyncOptions(
        "prod-to-dev",
        true,
        false,
        true,
        List.of("app.A"),
        null,
        true,
        true,
        false,
        new MergeOptions(
            OnConflict.NEWEST,
            Map.of("app.A", OnConflict.TARGET),
            "modified",
            true,
            false,
            List.of(new Decision("public.a", "1", null, Decision.Side.TARGET, "ff"))));
  }

  private static TablePlan table(String name, long created, String digest) {
    return new TablePlan(
        "public." + name,
        "app." + name,
        "app." + name,
        created,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        digest);
  }

  private static SavedPlan saved(TablePlan... tables) {
    return SavedPlan.of(
        options(),
        "2026-11-21T12:00:00Z",
        AGREED,
        List.of(tables),
        Path.of("/p/plan.json.zst"),
        EXPORTED);
  }

  private static SyncException compared(
      SavedPlan saved, Map<String, String> agreed, TablePlan... now) {
    Requests.Plan request =
        new Requests.Plan(
            "/f",
            null,
            List.of(),
            MergePolicy.UPSERT,
            true,
            false,
            null,
            new Reconciliation(
                "prod", agreed, ConflictRule.STOP, Map.of(), false, false, List.of()),
            List.of());
    MergePlan plan = new MergePlan(List.of(now), List.of());
    return catchThrowableOfType(
        SyncException.class,
        () ->
            new PlanComparison(saved)
                .look(new Planned(options(), request, Path.of("/f"), null, plan)));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    Path file = folder.resolve("plan.json");
    SavedPlan saved = saved(table("a", 1, "d1"), table("b", 2, "d2"));
    saved.write(file);

    assertThat(SavedPlan.read(file)).isEqualTo(saved);
    assertThat(SavedPlan.read(file).direction()).isEqualTo(Direction.PROD_TO_DEV);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsNoneIsRefused() throws IOException {
    Path file = folder.resolve("plan.json");
    for (String text : List.of("", "[]", "{}", "{\"format\": 1}", "no")) {
      Files.writeString(file, text);
      assertThat(catchThrowableOfType(SyncException.class, () -> SavedPlan.read(file)))
          .as(text)
          .extracting(SyncException::kind)
          .isEqualTo(Kind.CONFIGURATION);
    }
    saved(table("a", 1, "d1")).write(file);
    Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));
    assertThat(catchThrowableOfType(SyncException.class, () -> SavedPlan.read(file)).what())
        .contains("is of version 2, not 1");
    assertThat(
            catchThrowableOfType(
                    SyncException.class, () -> SavedPlan.read(folder.resolve("none.json")))
                .what())
        .contains("no such file");
  }

  @Test
  void takesNobodysPlace() throws IOException {
    Path file = folder.resolve("plan.json");
    assertThat(SavedPlan.fixtureBeside(file)).isEqualTo(folder.resolve("plan.json.zst"));
    assertThatCode(() -> SavedPlan.requireFree(file)).doesNotThrowAnyException();
    for (String taken : List.of("plan.json", "plan.json.zst", "plan.manifest.json")) {
      Path other = Files.createFile(folder.resolve(taken));
      assertThat(catchThrowableOfType(SyncException.class, () -> SavedPlan.requireFree(file)))
          .hasMessage(other + " is there already; it stays as it is");
      Files.delete(other);
    }
  }

  @Test
  void holdsWhereNothingMoved() {
    assertThat(compared(saved(table("a", 1, "d1")), AGREED, table("a", 1, "d1"))).isNull();
  }

  @Test
  void whatMovedIsNamed() {
    SavedPlan saved = saved(table("a", 1, "d1"), table("b", 2, "d2"), table("c", 0, "0"));

    SyncException refused =
        compared(saved, AGREED, table("a", 1, "d9"), table("b", 3, "d2"), table("c", 0, "0"));

    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.what())
        .isEqualTo(
            "The saved plan does not hold any more: app.a, app.b changed since; nothing was"
                + " written");
    assertThat(refused.details()).containsExactly("app.a", "app.b");
    assertThat(compared(saved, AGREED, table("a", 1, "d1"), table("b", 2, "d2")).details())
        .containsExactly("app.c");
  }

  @Test
  void aSyncInBetweenIsNamed() {
    SavedPlan saved = saved(table("a", 1, "d1"));

    for (Map<String, String> agreed :
        List.of(Map.of("public.a", "run-2"), Map.<String, String>of())) {
      SyncException refused = compared(saved, agreed, table("a", 1, "d1"));
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused.what()).contains("the two sides synced since");
      assertThat(refused.details()).containsExactly("app.a");
    }
  }
}
