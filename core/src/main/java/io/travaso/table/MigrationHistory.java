package io.travaso.table;

import java.util.List;

/**
 * The migrations that a tool has applied to a database, as its own table lists them.
 *
 * @param table the table it keeps them in: {@code public.django_migrations}
 * @param applied their names as the tool writes them, sorted: {@code pratiche.0042_nota}
 */
public record MigrationHistory(String table, List<String> applied) {

  public MigrationHistory {
    applied = List.copyOf(applied);
  }
}
