package io.travaso.mask;

import io.travaso.table.Column;
import io.travaso.table.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A column that is masked, and how.
 *
 * @param argument what the kind needs to know; null where it needs nothing
 * @param unique whether different values must stay different
 * @param room how many characters a mask may have: the fewest of the columns that must have the
 *     same values; {@link io.travaso.table.Content#ANY} where there is no bound
 * @param padded whether blanks at the end of its values don't count
 */
public record ColumnMask(
    TableId table,
    Column column,
    MaskKind kind,
    @Nullable String argument,
    boolean unique,
    int room,
    boolean padded) {}
