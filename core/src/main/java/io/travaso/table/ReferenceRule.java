package io.travaso.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a row of an excluded table is recognised on the other side, as the user says it.
 *
 * @param name the table: {@code app.Model}, {@code schema.table} or {@code table}
 */
public record ReferenceRule(NameAsWritten name, List<String> match, Reference.Missing missing) {

  /** Tables of Django's own that every application has, and what their rows are recognised by. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "auth_user", List.of("username"),
          "auth_group", List.of("name"),
          "auth_permission", List.of("codename", "content_type_id"),
          "django_content_type", List.of("app_label", "model"),
          "django_site", List.of("domain"));

  public ReferenceRule {
    match = List.copyOf(match);
  }

  /** The rule of a table that is recognised without being told. */
  public static Optional<ReferenceRule> known(Table table, String defaultSchema) {
    return Optional.ofNullable(KNOWN.get(table.id().name()))
        .filter(match -> table.id().schema().equals(defaultSchema) && table.isUnique(match))
        .map(
            match ->
                new ReferenceRule(
                    new NameAsWritten(null, table.id().name()), match, new Reference.Refuse()));
  }
}
