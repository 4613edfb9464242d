package io.travaso.site;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * Where source and target differ and are merged all the same, because nothing is lost by it and the
 * user allows it.
 */
public record AllowedDrift(List<ColumnDrift> columns, List<MigrationDrift> migrations) {

  public AllowedDrift {
    columns = List.copyOf(columns);
    migrations = List.copyOf(migrations);
  }

  /** The one side that has what differs. */
  public enum Side {
    SOURCE,
    TARGET;

    /** As it stands in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A difference that loses nothing. */
  sealed interface Difference permits ColumnDrift, MigrationDrift {}

  /**
   * A column that takes no part in the merge. One that only the target has stays as it is in rows
   * that are there and has its default in new ones; one that only the source has is NULL in every
   * row.
   */
  public record ColumnDrift(String table, String label, String column, Side onlyIn)
      implements Difference {}

  /**
   * Migrations that were applied to one side only.
   *
   * @param table where their tool keeps them: {@code public.django_migrations}
   */
  public record MigrationDrift(String table, List<String> names, Side onlyIn)
      implements Difference {

    public MigrationDrift {
      names = List.copyOf(names);
    }
  }

  @JsonIgnore
  public boolean isEmpty() {
    return columns.isEmpty() && migrations.isEmpty();
  }
}
