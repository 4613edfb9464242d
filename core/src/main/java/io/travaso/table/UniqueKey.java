package io.travaso.table;

import java.util.List;

/**
 * A unique constraint or plain unique index over whole columns; partial and expression indexes are
 * not here.
 */
public record UniqueKey(String name, List<String> columns) {}
