package io.travaso.site;

import io.travaso.site.SetProposal.Entry;
import io.travaso.site.SetProposal.Group;
import io.travaso.site.SetProposal.LeftOut;
import io.travaso.site.SetProposal.Recognised;
import io.travaso.table.Catalog;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.NameAsWritten;
import io.travaso.table.Table;
import io.travaso.table.Table.Trait;
import io.travaso.table.TableNames;
import io.travaso.table.TableNames.Named;
import io.travaso.table.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Proposes a table set: the application's own tables, without those of the machinery below it. */
final class SetProposer {
  private static final String ACCOUNTS = "accounts and permissions belong to one environment";
  private static final String MACHINERY = "bookkeeping of the framework, not data";

  /** Tables of Django and of its usual companions, by name; a star stands for any ending. */
  private static final Map<String, String> MACHINE_TABLES =
      Map.ofEntries(
          Map.entry("auth_*", ACCOUNTS),
          Map.entry("authtoken_*", ACCOUNTS),
          Map.entry("token_blacklist_*", ACCOUNTS),
          Map.entry("oauth2_provider_*", ACCOUNTS),
          Map.entry("account_email*", ACCOUNTS),
          Map.entry("socialaccount_*", ACCOUNTS),
          Map.entry("otp_*", ACCOUNTS),
          Map.entry("django_session", "sessions belong to one environment"),
          Map.entry("django_admin_log", "a log of one environment"),
          Map.entry("django_content_type", MACHINERY + "; its ids differ between servers"),
          Map.entry("django_migrations", MACHINERY),
          Map.entry("django_site", MACHINERY),
          Map.entry("django_celery_*", MACHINERY),
          Map.entry("celery_*", MACHINERY),
          Map.entry("flyway_schema_history", MACHINERY),
          Map.entry("databasechangelog*", MACHINERY),
          Map.entry("schema_migrations", MACHINERY),
          Map.entry("ar_internal_metadata", MACHINERY),
          Map.entry("spatial_ref_sys", "part of PostGIS"));

  private final Catalog catalog;
  private final TableNames names;
  private final Map<String, List<Entry>> groups = new TreeMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<Table> members = new ArrayList<>();

  private SetProposer(Catalog catalog) {
    this.catalog = catalog;
    this.names = new TableNames(catalog);
  }

  static SetProposal propose(Catalog catalog) {
    return new SetProposer(catalog).propose();
  }

  private SetProposal propose() {
    List<Table> nameless = new ArrayList<>();
    for (Table table : catalog.all()) {
      Optional<String> reason = reasonToLeaveOut(table);
      if (reason.isPresent()) {
        leftOut.add(new LeftOut(names.describe(table).label(), reason.get()));
      } else if (names.comesAlong(table)) {
        members.add(table);
      } else {
        members.add(table);
        Named named = names.describe(table);
        if (!named.django() && !catalog.models().isEmpty()) {
          nameless.add(table);
        } else {
          add(named);
        }
      }
    }
    addNameless(nameless);
    return new SetProposal(
        groups.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList(),
        leftOut,
        references());
  }

  private void add(Named named) {
    String label = named.label();
    groups
        .computeIfAbsent(label.substring(0, label.indexOf('.')), g -> new ArrayList<>())
        .add(new Entry(label, ""));
  }

  /**
   * Where one model has no table of the usual name and one table no model, they are each other's.
   */
  private void addNameless(List<Table> nameless) {
    List<Catalog.Model> models =
        catalog.models().stream()
            .filter(m -> names.find(new NameAsWritten(m.appLabel(), m.name()), null).isEmpty())
            .toList();
    for (Table table : nameless) {
      if (models.size() == 1 && nameless.size() == 1) {
        Catalog.Model model = models.get(0);
        groups
            .computeIfAbsent(model.appLabel(), g -> new ArrayList<>())
            .add(new Entry(model.appLabel() + "." + model.name(), table.id().name()));
      } else {
        add(names.describe(table));
      }
    }
  }

  private static Optional<String> reasonToLeaveOut(Table table) {
    for (Map.Entry<String, String> known : MACHINE_TABLES.entrySet()) {
      String pattern = known.getKey();
      boolean any = pattern.endsWith("*");
      String name = table.id().name();
      if (any
          ? name.startsWith(pattern.substring(0, pattern.length() - 1))
          : name.equals(pattern)) {
        return Optional.of(known.getValue());
      }
    }
    if (table.primaryKey().isEmpty()) {
      return Optional.of("it has no primary key: its rows can't be recognised on the other side");
    }
    if (table.has(Trait.RULES)) {
      return Optional.of("it has rules, which rewrite what is written to it");
    }
    if (table.has(Trait.ROW_SECURITY)) {
      return Optional.of("row-level security hides rows of it");
    }
    return Optional.empty();
  }

  /**
   * How the excluded tables that the set references can be recognised: by their first unique key.
   */
  private List<Recognised> references() {
    Set<String> done = new TreeSet<>();
    Map<String, Recognised> found = new LinkedHashMap<>();
    for (Table table : members) {
      for (ForeignKey key : table.foreignKeys()) {
        Table target = catalog.get(key.target());
        if (!members.contains(target) && done.add(target.id().toString())) {
          naturalKey(target)
              .ifPresent(
                  match -> {
                    String label = names.describe(target).label();
                    found.put(label, new Recognised(label, match));
                  });
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static Optional<List<String>> naturalKey(Table table) {
    return table.uniqueKeys().stream()
        .map(UniqueKey::columns)
        .filter(
            columns ->
                columns.stream().map(table::requiredColumn).noneMatch(Column::nullable)
                    && !columns.equals(table.primaryKey()))
        .findFirst();
  }
}
