package io.travaso.mask;

import io.travaso.Secret;
import io.travaso.database.RowSink;
import io.travaso.table.SyncTable;
import io.travaso.table.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Masks rows of bulk text on their way. The same value of the same kind becomes the same mask under
 * the same key, in whatever table and engine.
 */
public final class Masking {

  /** Masks nothing. */
  public static final Masking NONE = new Masking(List.of(), null);

  private final Map<TableId, Map<String, ColumnMask>> columns = new TreeMap<>();
  private final @Nullable MaskKey key;

  private Masking(List<ColumnMask> masks, @Nullable MaskKey key) {
    masks.forEach(
        m -> columns.computeIfAbsent(m.table(), t -> new HashMap<>()).put(m.column().name(), m));
    this.key = key;
  }

  /**
   * Masks these columns.
   *
   * @param key null only where no kind needs one
   * @throws io.travaso.SyncException if the key is too short to be one
   */
  public static Masking of(List<ColumnMask> columns, @Nullable Secret key) {
    return new Masking(columns, key == null ? null : new MaskKey(key));
  }

  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /** Passes rows of a table on, their values in the order of {@link SyncTable#slots}, masked. */
  public RowSink over(SyncTable table, RowSink next) {
    List<SlotColumn> slots = SlotColumn.of(table);
    @Nullable ValueMask[] masks = new ValueMask[slots.size()];
    boolean[] padded = new boolean[slots.size()];
    boolean any = false;
    for (int i = 0; i < masks.length; i++) {
      SlotColumn slot = slots.get(i);
      ColumnMask own = mask(table.id(), slot.through());
      // A reference that becomes NULL leaves nothing of the row it was to.
      ColumnMask mask =
          own != null && own.kind() == MaskKind.NULL ? own : mask(slot.table(), slot.column());
      if (mask != null) {
        masks[i] = ValueMasks.of(mask, key);
        padded[i] = mask.padded();
        any = true;
      }
    }
    return any ? new MaskedRows(masks, padded, next) : next;
  }

  private @Nullable ColumnMask mask(TableId table, String column) {
    return columns.getOrDefault(table, Map.of()).get(column);
  }

  /** Tells whether two exports had the same key, without telling the key; empty without one. */
  public String keyCheck() {
    return key == null ? "" : key.check();
  }
}
