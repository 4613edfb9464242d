package io.travaso.property;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * A random schema as nothing but choices, each a number of which only the remainder counts: any
 * numbers make a schema whose constraints hold, so jqwik can take parts away and make numbers
 * smaller to find the smallest one that fails. 0 is always the plainest choice.
 */
record Spec(int file, List<OfTable> tables) {
  static final int CHOICES = 1000;
  private static final int CELLS = 12;

  record OfTable(
      int name,
      int shape,
      List<OfColumn> columns,
      List<OfUnique> uniques,
      List<OfLink> links,
      List<OfRow> rows) {}

  record OfColumn(int name, int type, int trait) {}

  record OfUnique(int first, int second, int turn) {}

  /** A foreign key. */
  record OfLink(int name, int to, int key, int trait, int rule) {}

  /**
   * @param place where it is: on both sides and equal, both and perhaps changed, one of the two
   * @param source a choice a column, round and round
   * @param target the same; where it is even the target has the source's value
   */
  record OfRow(int place, List<Integer> source, List<Integer> target) {

    int source(int column) {
      return source.get(column % source.size());
    }

    int target(int column) {
      return place % 5 == 0 ? 0 : target.get(column % target.size());
    }
  }

  static Arbitrary<Spec> any() {
    Arbitrary<Integer> choice =
        Arbitraries.integers()
            .between(0, CHOICES - 1)
            .withDistribution(RandomDistribution.uniform())
            .shrinkTowards(0);
    Arbitrary<List<Integer>> cells = choice.list().ofSize(CELLS);
    Arbitrary<OfColumn> column = Combinators.combine(choice, choice, choice).as(OfColumn::new);
    Arbitrary<OfUnique> unique = Combinators.combine(choice, choice, choice).as(OfUnique::new);
    Arbitrary<OfLink> link =
        Combinators.combine(choice, choice, choice, choice, choice).as(OfLink::new);
    Arbitrary<OfRow> row = Combinators.combine(choice, cells, cells).as(OfRow::new);
    Arbitrary<OfTable> table =
        Combinators.combine(
                choice,
                choice,
                column.list().ofMinSize(1).ofMaxSize(8),
                unique.list().ofMaxSize(2),
                link.list().ofMaxSize(3),
                row.list().ofMaxSize(12))
            .as(OfTable::new);
    return Combinators.combine(choice, table.list().ofMinSize(1).ofMaxSize(6)).as(Spec::new);
  }
}
