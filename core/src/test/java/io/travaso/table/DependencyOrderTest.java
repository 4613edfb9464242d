package io.travaso.table;

import static io.travaso.table.TableBuilder.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {

  private static List<List<String>> order(List<TableBuilder> tables) {
    return DependencyOrder.of(tables.stream().map(TableBuilder::build).toList()).stream()
        .map(group -> group.stream().map(TableId::name).toList())
        .toList();
  }

  private static List<List<String>> order(TableBuilder... tables) {
    return order(Arrays.asList(tables));
  }

  @Test
  void putsWhatIsReferencedFirst() {
    assertThat(
            order(
                table("a").column("b_id").references("b_id", "b"),
                table("b").column("c_id").references("c_id", "c"),
                table("c")))
        .containsExactly(List.of("c"), List.of("b"), List.of("a"));
  }

  @Test
  void leavesATableThatReferencesItselfAlone() {
    assertThat(order(table("tree").nullable("parent_id").references("parent_id", "tree")))
        .containsExactly(List.of("tree"));
  }

  @Test
  void keepsACircleTogetherBetweenItsParentsAndItsChildren() {
    assertThat(
            order(
                table("address"),
                table("store")
                    .column("manager_id")
                    .references("manager_id", "staff")
                    .column("address_id")
                    .references("address_id", "address"),
                table("staff").column("store_id").references("store_id", "store"),
                table("rental").column("staff_id").references("staff_id", "staff")))
        .containsExactly(List.of("address"), List.of("staff", "store"), List.of("rental"));
  }

  @Test
  void findsCirclesOfManyAndTwoThatTouch() {
    assertThat(
            order(
                table("a").column("x").references("x", "b"),
                table("b").column("x").references("x", "c"),
                table("c").column("x").references("x", "a").column("y").references("y", "d"),
                table("d").column("x").references("x", "e"),
                table("e").column("x").references("x", "d")))
        .containsExactly(List.of("d", "e"), List.of("a", "b", "c"));
  }

  @Test
  void ignoresWhatIsNotGiven() {
    assertThat(order(table("a").column("x").references("x", "elsewhere")))
        .containsExactly(List.of("a"));
  }

  @Test
  void dependsOnNamesAndKeysOnly() {
    List<TableBuilder> tables =
        new ArrayList<>(
            List.of(
                table("d").column("x").references("x", "b"),
                table("b"),
                table("c").column("x").references("x", "a"),
                table("a")));
    List<List<String>> order = order(tables);
    Random random = new Random(7);

    for (int i = 0; i < 20; i++) {
      Collections.shuffle(tables, random);
      assertThat(order(tables)).isEqualTo(order);
    }
  }

  @Test
  void followsAChainOfThousands() {
    List<TableBuilder> chain = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      chain.add(table("t%05d".formatted(i)).column("x").references("x", "t%05d".formatted(i + 1)));
    }

    List<List<String>> order = order(chain);

    assertThat(order).hasSize(2000);
    assertThat(order.get(0)).containsExactly("t01999");
  }
}
