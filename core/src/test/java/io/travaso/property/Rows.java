package io.travaso.property;

import io.travaso.property.Column.Kind;
import io.travaso.property.Spec.OfRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of both sides, such that all constraints hold on each side, and in the target also after
 * a merge: a unique value belongs to the same row on both sides.
 *
 * <p>A row is a number in its table. Its key depends on that alone; a value is the number of one of
 * its type's values.
 */
final class Rows {
  private static final int NULL = -1;

  private final List<RandomTable> tables;
  private final Map<RandomTable, Places> present = new HashMap<>();

  Rows(List<RandomTable> tables) {
    this.tables = tables;
    for (RandomTable table : tables) {
      present.put(table, places(table));
    }
    while (tables.stream().anyMatch(this::removeOrphans)) {
      // Who goes may leave orphans in turn.
    }
  }

  /** Which rows are on each side. */
  private record Places(int count, BitSet source, BitSet target) {

    BitSet on(Side side) {
      return side == Side.SOURCE ? source : target;
    }
  }

  /** Where rows are meant to be, before it is asked whether they can. */
  private Places places(RandomTable table) {
    int count = Math.min(table.rows.size(), limit(table));
    Places places = new Places(count, new BitSet(), new BitSet());
    for (int row = 0; row < count; row++) {
      int place = table.rows.get(row).place() % 5;
      places.source.set(row, place != 4);
      places.target.set(row, place != 3);
    }
    return places;
  }

  /** How many rows a table can have with the values that its keys' types have. */
  private int limit(RandomTable table) {
    int limit = product(own(table.key));
    if (own(table.key).isEmpty()) {
      limit = table.key.stream().mapToInt(this::parents).min().orElse(0);
    }
    for (Unique unique : table.uniques) {
      limit = Math.min(limit, product(unique.columns()));
    }
    return limit;
  }

  private int parents(Column column) {
    Link link = column.link();
    return link == null ? 0 : placesOf(link.to).count;
  }

  private static List<Column> own(List<Column> columns) {
    return columns.stream().filter(c -> c.link() == null).toList();
  }

  private static int product(List<Column> columns) {
    long product = 1;
    for (Column column : columns) {
      product = Math.min(product * column.type().limit(), Integer.MAX_VALUE);
    }
    return (int) product;
  }

  private Places placesOf(RandomTable table) {
    Places places = present.get(table);
    if (places == null) {
      throw new IllegalStateException("No rows yet of " + table.name);
    }
    return places;
  }

  /** Takes rows away whose NOT NULL reference has nobody to reference; whether there were any. */
  private boolean removeOrphans(RandomTable table) {
    boolean removed = false;
    for (Side side : Side.values()) {
      BitSet places = placesOf(table).on(side);
      for (int row = 0; row < placesOf(table).count; row++) {
        for (Link link : table.links) {
          if (places.get(row) && !link.nullable && parent(link, row, side) == NULL) {
            places.clear(row);
            removed = true;
          }
        }
      }
    }
    return removed;
  }

  /** The row of the other table that a row references on a side, or {@link #NULL}. */
  private int parent(Link link, int row, Side side) {
    BitSet places = placesOf(link.to).on(side);
    int count = placesOf(link.to).count;
    if (link.identifying) {
      boolean one = own(link.from.key).isEmpty();
      int parent = one ? row : link.from.rows.get(row).source(0) % Math.max(count, 1);
      return parent < count && places.get(parent) ? parent : NULL;
    }
    int choice = choice(link, row, side);
    if (link.nullable && choice % 4 == 3) {
      return NULL;
    }
    int[] possible =
        places.stream()
            .filter(p -> link.target.stream().noneMatch(c -> value(link.to, p, c, side) == NULL))
            .toArray();
    return possible.length == 0 ? NULL : possible[choice / 4 % possible.length];
  }

  private static int choice(Link link, int row, Side side) {
    OfRow choices = link.from.rows.get(row);
    int other = choices.target(link.number);
    return side == Side.SOURCE || other % 2 == 0 ? choices.source(link.number) : other;
  }

  /** The number of a value, or {@link #NULL}. */
  private int value(RandomTable table, int row, Column column, Side side) {
    Link link = column.link();
    if (link != null) {
      int parent = parent(link, row, side);
      return parent == NULL
          ? alone(link, row, column)
          : value(link.to, parent, link.target.get(column.part()), side);
    }
    if (table.key.contains(column)) {
      return shifted(column, digit(own(table.key), column, row));
    }
    for (Unique unique : table.uniques) {
      if (unique.columns().contains(column)) {
        return unique(table, row, column, unique, side);
      }
    }
    return plain(table, row, column, side);
  }

  /** A reference to nobody: NULL, of several columns at least the last. */
  private static int alone(Link link, int row, Column column) {
    boolean last = column.part() == link.columns.size() - 1;
    return link.isPartlyNullable() && !last
        ? link.from.rows.get(row).source(column.part()) % column.type().values().size()
        : NULL;
  }

  /** The digit of a number that counts through the values of several columns. */
  private static int digit(List<Column> columns, Column column, int number) {
    // The one that counts on without end, if there is one; the others then repeat their values.
    Column head =
        columns.stream().filter(c -> isEndless(c.type())).findFirst().orElse(columns.get(0));
    int rest = number;
    for (Column other : columns) {
      if (!other.equals(head)) {
        int base =
            isEndless(head.type()) ? Math.min(other.type().limit(), 3) : other.type().limit();
        if (other.equals(column)) {
          return rest % base;
        }
        rest /= base;
      }
    }
    return rest;
  }

  private static boolean isEndless(Type type) {
    return type.limit() == Integer.MAX_VALUE;
  }

  private static int shifted(Column column, int number) {
    int limit = column.type().limit();
    return limit == Integer.MAX_VALUE
        ? number + column.offset()
        : (number + column.offset()) % limit;
  }

  private int unique(RandomTable table, int row, Column column, Unique unique, Side side) {
    OfRow choices = table.rows.get(row);
    int at = table.columns.indexOf(column);
    if (column.nullable() && choices.source(at) % 5 == 4) {
      return NULL;
    }
    List<Column> columns = unique.columns();
    boolean free = !isReferenced(columns) && side == Side.TARGET;
    int holder = free ? holder(table, row, unique.turn()) : row;
    boolean endless = product(columns) == Integer.MAX_VALUE;
    // All columns of the key change together.
    boolean other =
        free && endless && choices.target(table.columns.indexOf(columns.get(0))) % 2 == 1;
    return shifted(column, digit(columns, column, endless ? 2 * holder + (other ? 1 : 0) : holder));
  }

  /**
   * The row whose value of the source a row has in the target, in turn. Rows that only the target
   * has keep their own: after a merge they stand beside all of the source's.
   */
  private int holder(RandomTable table, int row, int turn) {
    Places places = placesOf(table);
    if (!places.source.get(row)) {
      return row;
    }
    int[] holders = places.source.stream().toArray();
    int at = Arrays.binarySearch(holders, row);
    return holders[(at + turn) % holders.length];
  }

  private boolean isReferenced(List<Column> unique) {
    return tables.stream().flatMap(t -> t.links.stream()).anyMatch(l -> l.target.equals(unique));
  }

  private static int plain(RandomTable table, int row, Column column, Side side) {
    OfRow choices = table.rows.get(row);
    int at = table.columns.indexOf(column);
    int other = choices.target(at);
    boolean same = side == Side.SOURCE || other % 4 != 3 || column.kind() == Kind.IDENTITY_ALWAYS;
    int choice = same ? choices.source(at) : other;
    if (column.nullable() && choice % 5 == 4) {
      return NULL;
    }
    int known = column.type().values().size();
    int number = choice / 5 % (known + 3);
    return column.type().more() == null ? number % known : number;
  }

  /** A side's rows of a table: a text for each written column, null for NULL. */
  List<List<@Nullable String>> of(RandomTable table, Side side) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    BitSet places = placesOf(table).on(side);
    for (int row = 0; row < placesOf(table).count; row++) {
      if (places.get(row)) {
        List<@Nullable String> texts = new ArrayList<>();
        for (Column column : table.written()) {
          int value = value(table, row, column, side);
          texts.add(
              value == NULL
                  ? null
                  : column.type().value(value, spelling(table, row, column, side)));
        }
        rows.add(texts);
      }
    }
    return rows;
  }

  private static int spelling(RandomTable table, int row, Column column, Side side) {
    OfRow choices = table.rows.get(row);
    int at = table.columns.indexOf(column);
    int other = choices.target(at);
    return side == Side.SOURCE || other % 2 == 0 || column.kind() == Kind.IDENTITY_ALWAYS
        ? choices.source(at) / 7
        : other / 7;
  }
}
