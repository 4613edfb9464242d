package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.quote;

import io.travaso.SyncException;
import io.travaso.database.HeldKeys;
import io.travaso.database.HeldKeys.Holder;
import io.travaso.database.KeyTexts;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.Table;
import io.travaso.table.Table.Privilege;
import io.travaso.table.Table.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Gives rows fresh keys, and then all that reference them. InnoDB checks foreign keys row by row,
 * so they are not checked meanwhile, nor do their actions run; afterwards locking reads look for
 * what the database left out.
 */
final class MariaDbKeyMove {
  private final Handle session;
  private final Catalog catalog;
  private final KeyTexts texts;
  private final List<HeldKeys> holdings;
  private final Map<Long, Long> fresh;

  MariaDbKeyMove(
      Handle session,
      Catalog catalog,
      KeyTexts texts,
      List<HeldKeys> holdings,
      Map<Long, Long> fresh) {
    this.session = session;
    this.catalog = catalog;
    this.texts = texts;
    this.holdings = holdings;
    this.fresh = fresh;
  }

  List<Long> write() {
    Map<ForeignKey, Long> elsewhere = new LinkedHashMap<>();
    if (holdings.stream().anyMatch(h -> h.table().has(Trait.TRIGGERS))) {
      // What triggers write to other tables is not checked either.
      for (Table table : catalog.all()) {
        table.foreignKeys().stream()
            .filter(this::isVisible)
            .forEach(key -> elsewhere.put(key, orphans(key, "")));
      }
    }
    session.execute("SET foreign_key_checks = 0");
    List<Long> rows;
    try {
      rows = holdings.stream().map(h -> (long) session.execute(update(h))).toList();
    } finally {
      session.execute("SET foreign_key_checks = 1");
    }
    refuseOrphans(elsewhere);
    return rows;
  }

  private boolean isVisible(ForeignKey key) {
    return catalog.get(key.table()).privileges().contains(Privilege.SELECT)
        && catalog.get(key.target()).privileges().contains(Privilege.SELECT);
  }

  private String update(HeldKeys holding) {
    List<Column> held = holding.holders().stream().map(Holder::column).toList();
    // A column that is set is not set to the present by the server, as ON UPDATE has it.
    Stream<String> kept =
        holding.table().columns().stream()
            .filter(c -> !held.contains(c) && !c.generated())
            .filter(c -> c.type().startsWith("timestamp") || c.type().startsWith("datetime"))
            .map(c -> texts.value(c) + " = " + texts.value(c));
    return "UPDATE %s AS x SET %s WHERE %s"
        .formatted(
            quote(holding.table().id()),
            Stream.concat(
                    holding.holders().stream()
                        .map(h -> texts.value(h.column()) + " = " + texts.fresh(h, fresh)),
                    kept)
                .collect(Collectors.joining(", ")),
            texts.any(holding, fresh.keySet()));
  }

  private void refuseOrphans(Map<ForeignKey, Long> elsewhere) {
    List<String> broken = new ArrayList<>();
    for (ForeignKey key : concerned()) {
      if (orphans(key, " AND " + concerns(key) + " LOCK IN SHARE MODE") > 0) {
        broken.add(key.toString());
      }
    }
    elsewhere.forEach(
        (key, before) -> {
          if (orphans(key, "") > before) {
            broken.add("%s: a trigger wrote rows that reference none".formatted(key));
          }
        });
    if (!broken.isEmpty()) {
      throw SyncException.refused(
          "Rows would be left that reference rows which are not there; nothing was written",
          "Run the command again; if it says the same, look at the tables' triggers.",
          broken);
    }
  }

  /** The foreign keys that hold a key that moved, or are held by one. */
  private Set<ForeignKey> concerned() {
    Set<ForeignKey> keys =
        new TreeSet<>(
            java.util.Comparator.comparing(ForeignKey::table).thenComparing(ForeignKey::name));
    for (HeldKeys holding : holdings) {
      Set<String> names =
          holding.holders().stream().map(h -> h.column().name()).collect(Collectors.toSet());
      holding.table().foreignKeys().stream()
          .filter(key -> key.columns().stream().anyMatch(names::contains))
          .forEach(keys::add);
      catalog.referencing(holding.table().id()).stream()
          .filter(key -> key.targetColumns().stream().anyMatch(names::contains))
          .forEach(keys::add);
    }
    return keys;
  }

  /** Whether a row {@code x} holds one of the keys, old or fresh, in a column of a foreign key. */
  private String concerns(ForeignKey key) {
    String numbers =
        Stream.concat(fresh.keySet().stream(), fresh.values().stream())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return IntStream.range(0, key.columns().size())
        .filter(
            i ->
                isHeld(key.table(), key.columns().get(i))
                    || isHeld(key.target(), key.targetColumns().get(i)))
        .mapToObj(i -> "x." + quote(key.columns().get(i)) + " IN (" + numbers + ")")
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private boolean isHeld(io.travaso.table.TableId table, String column) {
    return holdings.stream()
        .filter(h -> h.table().id().equals(table))
        .flatMap(h -> h.holders().stream())
        .anyMatch(h -> h.column().name().equals(column));
  }

  private long orphans(ForeignKey key, String more) {
    return session
        .createQuery(
            "SELECT COUNT(*) FROM "
                + quote(key.table())
                + " AS x LEFT JOIN "
                + quote(key.target())
                + " AS p ON "
                + pairs(key, i -> "p." + quote(key.targetColumns().get(i)))
                + " WHERE "
                + MariaDbRows.isNull("p." + quote(key.targetColumns().get(0)))
                + key.columns().stream()
                    .map(c -> " AND " + MariaDbRows.isNotNull("x." + quote(c)))
                    .collect(Collectors.joining())
                + more)
        .mapTo(Long.class)
        .one();
  }

  private static String pairs(ForeignKey key, IntFunction<String> parent) {
    return IntStream.range(0, key.columns().size())
        .mapToObj(i -> parent.apply(i) + " = x." + quote(key.columns().get(i)))
        .collect(Collectors.joining(" AND "));
  }
}
