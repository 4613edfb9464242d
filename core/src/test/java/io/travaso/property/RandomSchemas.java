package io.travaso.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.merge.MergePlan;
import io.travaso.merge.MergePolicy;
import io.travaso.property.Office.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever the tables are and whatever stands in them: what is exported arrives as it was, what is
 * said beforehand is what is done, and nothing else is touched. Some tens of schemas in a normal
 * run; {@code scripts/test --long} tries a thousand.
 */
abstract class RandomSchemas {

  abstract Server server();

  @Provide
  Arbitrary<Seeded<Case>> cases() {
    return Seeded.any(Spec.any().map(spec -> Case.of(spec, server())));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyRowArrivesAndNoOtherIsTouched(@ForAll("cases") Seeded<Case> any) throws IOException {
    Case one = any.value();
    Path folder = Files.createTempDirectory("travaso");
    Path exported = folder.resolve("a" + one.ending());
    try (Office source = office(one, Side.SOURCE);
        Office target = office(one, Side.TARGET)) {
      source.export(exported, one.indent());
      intoAnEmptyCopy(one, exported);
      Referee referee = Referee.of(target.database, source.database, one.tables(), one.rows());
      merge(target, exported, MergePolicy.UPSERT, one, referee);
      referee.requireMerged();
      merge(target, exported, MergePolicy.FULL_REPLACE, one, referee);
      referee.requireReplaced();
      referee.requireFreeNumbers();
      requireSameExport(target, exported, one);
    } finally {
      delete(folder);
    }
  }

  private Office office(Case one, Side side) {
    Office office = new Office(server(), one.tables());
    office.database.execute(
        one.sql().tables(one.tables()),
        one.sql().rows(one.tables(), one.rows(), side),
        one.sql().sequences(one.tables()),
        one.sql().foreignKeys(one.tables()));
    return office;
  }

  private void intoAnEmptyCopy(Case one, Path exported) throws IOException {
    try (Office copy = new Office(server(), one.tables())) {
      copy.database.execute(one.sql().tables(one.tables()), one.sql().foreignKeys(one.tables()));
      try (Planned planned = copy.plan(exported, MergePolicy.UPSERT)) {
        planned.apply();
      }
      requireNothingLeft(copy, exported, MergePolicy.UPSERT);
      requireSameExport(copy, exported, one);
    }
  }

  private static void merge(
      Office target, Path exported, MergePolicy policy, Case one, Referee referee)
      throws IOException {
    MergePlan staged;
    try (Planned planned = target.plan(exported, policy)) {
      staged = planned.plan();
    }
    assertThat(Referee.planned(one.tables(), staged.tables()))
        .isEqualTo(referee.expected(policy == MergePolicy.FULL_REPLACE));
    try (Planned planned = target.planFiltered(exported, policy)) {
      assertThat(planned.plan()).as("rows that are held back are no difference").isEqualTo(staged);
      planned.apply();
    }
    requireNothingLeft(target, exported, policy);
  }

  private static void requireNothingLeft(Office office, Path exported, MergePolicy policy)
      throws IOException {
    try (Planned again = office.planFiltered(exported, policy)) {
      assertThat(again.plan().isEmpty()).as("a second merge changes nothing").isTrue();
    }
  }

  private static void requireSameExport(Office office, Path exported, Case one) throws IOException {
    Path again = exported.resolveSibling("again" + one.ending());
    office.export(again, one.indent());
    assertThat(again).hasSameBinaryContentAs(exported);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
