package io.travaso.site;

import java.util.Map;
import java.util.Optional;

/** Tables of frameworks and their usual companions, which are no data of the application's own. */
final class UsualTables {
  private static final String ACCOUNTS = "accounts and permissions belong to one environment";
  private static final String MACHINERY = "bookkeeping of the framework, not data";
  private static final String QUEUE = "work that is waiting in one environment";

  /** By name; a star stands for any ending. */
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("auth_*", ACCOUNTS),
          Map.entry("authtoken_*", ACCOUNTS),
          Map.entry("token_blacklist_*", ACCOUNTS),
          Map.entry("oauth2_provider_*", ACCOUNTS),
          Map.entry("account_email*", ACCOUNTS),
          Map.entry("socialaccount_*", ACCOUNTS),
          Map.entry("otp_*", ACCOUNTS),
          Map.entry("guardian_*", ACCOUNTS),
          Map.entry("axes_*", "a log of one environment"),
          Map.entry("django_session", "sessions belong to one environment"),
          Map.entry("django_admin_log", "a log of one environment"),
          Map.entry("django_content_type", MACHINERY + "; its ids differ between servers"),
          Map.entry("django_migrations", MACHINERY),
          Map.entry("django_site", MACHINERY),
          Map.entry("django_celery_*", QUEUE),
          Map.entry("django_q_*", QUEUE),
          Map.entry("celery_*", QUEUE),
          Map.entry("flyway_schema_history", MACHINERY),
          Map.entry("databasechangelog*", MACHINERY),
          Map.entry("schema_migrations", MACHINERY),
          Map.entry("ar_internal_metadata", MACHINERY),
          Map.entry("alembic_version", MACHINERY),
          Map.entry("spatial_ref_sys", "part of PostGIS"));

  private UsualTables() {}

  /** Why a table of this name is better left out; empty where its name says nothing. */
  static Optional<String> reasonToLeaveOut(String name) {
    return KNOWN.entrySet().stream()
        .filter(known -> matches(known.getKey(), name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** Whether a table holds accounts, or what belongs to them. */
  static boolean isAccount(String name) {
    return reasonToLeaveOut(name).filter(ACCOUNTS::equals).isPresent();
  }

  /** Whether a table keeps the last number the application gave out, as far as a name can tell. */
  static boolean isCounter(String name) {
    return name.matches("(?i).*(counter|counters|contatore|contatori)");
  }
}
