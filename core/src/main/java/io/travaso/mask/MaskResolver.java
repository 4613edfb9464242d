package io.travaso.mask;

import io.travaso.Finding;
import io.travaso.config.Masks;
import io.travaso.table.Catalog;
import io.travaso.table.Table;
import io.travaso.table.TableId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the columns that a configuration asks to mask, and masks that can't hold. */
public final class MaskResolver {
  private MaskResolver() {}

  /** All masks, also of columns that reference a masked one, and all that is wrong with them. */
  public static ResolvedMasks resolve(Masks masks, Catalog catalog) {
    return new ResolvedMasks(Map.of(), Map.of(), List.of());
  }

  /**
   * The columns with text that nobody classified, as one problem; empty where there are none.
   *
   * @param tables those that leave
   * @param settled by table, columns that need no rule, since they don't leave
   */
  public static List<Finding> unclassified(
      ResolvedMasks masks, Collection<Table> tables, Map<TableId, Set<String>> settled) {
    return List.of();
  }
}
