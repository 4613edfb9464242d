package io.travaso.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.engines.Twins.Twin;
import io.travaso.traps.Holds;
import io.travaso.traps.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random rows of random columns that have a home on the other engine: they arrive, come back as
 * they were, and nothing is left to do either way. One value without a home, and all are refused.
 * {@code -Dtravaso.seed=N -Djqwik.tries.default=1} repeats one.
 */
class RandomAcrossIT {
  private static final int ROWS = 12;

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @Holds(value = "X4", as = Outcome.EXACT)
  @Holds(value = "X2", as = Outcome.REFUSED)
  @Holds(value = "X3", as = Outcome.REFUSED)
  void rowsComeBackAsTheyWere(@ForAll long any) throws IOException {
    long seed = Long.getLong("travaso.seed", any);
    Random random = new Random(seed);
    List<Twin> twins =
        IntStream.range(0, 8)
            .mapToObj(i -> Twins.ALL.get(random.nextInt(Twins.ALL.size())))
            .toList();
    Path folder = Files.createTempDirectory("travaso");
    try (Across across = new Across(folder)) {
      create(across, twins);
      across.postgres("INSERT INTO t VALUES " + rows(twins, random));
      List<String> before = across.postgres.table("t");

      across.sync("postgres", "maria");
      across.settled("postgres", "maria").settled("maria", "postgres");
      across.postgres("DELETE FROM t").replace("maria", "postgres");
      assertThat(across.postgres.table("t")).as("seed %d", seed).isEqualTo(before);
      across.settled("maria", "postgres").settled("postgres", "maria");

      refuseHomeless(across, twins, random);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ", " + twins, e);
    } finally {
      delete(folder);
    }
  }

  private static void create(Across across, List<Twin> twins) {
    across
        .postgres("CREATE TABLE t (id bigint PRIMARY KEY, " + columns(twins, true) + ")")
        .maria("CREATE TABLE t (id bigint PRIMARY KEY, " + columns(twins, false) + ")")
        .tables("t");
  }

  private static String columns(List<Twin> twins, boolean postgres) {
    return IntStream.range(0, twins.size())
        .mapToObj(
            i ->
                "c%d %s NULL"
                    .formatted(i, postgres ? twins.get(i).postgres() : twins.get(i).maria()))
        .collect(Collectors.joining(", "));
  }

  private static String rows(List<Twin> twins, Random random) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            id ->
                twins.stream()
                    .map(t -> random.nextInt(6) == 0 ? "NULL" : t.value().apply(random))
                    .collect(Collectors.joining(", ", "(" + id + ", ", ")")))
        .collect(Collectors.joining(", "));
  }

  private static void refuseHomeless(Across across, List<Twin> twins, Random random) {
    List<Integer> with = new ArrayList<>();
    for (int i = 0; i < twins.size(); i++) {
      if (!twins.get(i).homeless().isEmpty()) {
        with.add(i);
      }
    }
    if (with.isEmpty()) {
      return;
    }
    int column = with.get(random.nextInt(with.size()));
    List<String> values = twins.get(column).homeless();
    int row = random.nextInt(ROWS);
    across.postgres(
        "UPDATE t SET c%d = %s WHERE id = %d"
            .formatted(column, values.get(random.nextInt(values.size())), row));
    across.refused("postgres", "maria", "public.t", "c" + column, Integer.toString(row));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
