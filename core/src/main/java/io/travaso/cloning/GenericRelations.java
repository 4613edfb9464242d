package io.travaso.cloning;

import io.travaso.database.Dialect;
import io.travaso.table.ForeignKey;
import io.travaso.table.GenericReference;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Relations of Django's to rows of any table, which no foreign key guards. */
final class GenericRelations {
  private static final String CONTENT_TYPES = "django_content_type";

  private GenericRelations() {}

  /** Whether rows that are cloned speak of rows that stay on the other side, with other ids. */
  static boolean speakOfKept(Handle session, Dialect dialect, Choice choice) {
    List<String> models = new ArrayList<>();
    for (Table table : choice.tables(Origin.TARGET)) {
      String label = choice.named(table).model();
      int dot = label.indexOf('.');
      if (choice.named(table).django() && dot > 0) {
        models.add(
            "(c.app_label = %s AND c.model = %s)"
                .formatted(
                    dialect.literal(label.substring(0, dot)),
                    dialect.literal(label.substring(dot + 1))));
      }
    }
    return !models.isEmpty()
        && choice.tables(Origin.SOURCE).stream()
            .filter(GenericReference::isIn)
            .flatMap(table -> table.foreignKeys().stream())
            .filter(key -> key.isSimple() && key.target().name().equals(CONTENT_TYPES))
            .anyMatch(key -> speaks(session, dialect, key, String.join(" OR ", models)));
  }

  private static boolean speaks(Handle session, Dialect dialect, ForeignKey key, String models) {
    return session
        .createQuery(
            "SELECT 1 FROM %s AS t JOIN %s AS c ON c.%s = t.%s WHERE %s LIMIT 1"
                .formatted(
                    dialect.quote(key.table()),
                    dialect.quote(key.target()),
                    dialect.quote(key.targetColumns().get(0)),
                    dialect.quote(key.columns().get(0)),
                    models))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
