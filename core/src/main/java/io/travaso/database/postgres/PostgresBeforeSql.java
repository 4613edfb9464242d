package io.travaso.database.postgres;

import static io.travaso.database.postgres.PostgresNames.quote;
import static io.travaso.database.postgres.PostgresNames.relation;
import static io.travaso.database.postgres.PostgresRows.diff;
import static io.travaso.database.postgres.PostgresRows.diffKeyText;
import static io.travaso.database.postgres.PostgresRows.diffMatchesTarget;
import static io.travaso.database.postgres.PostgresRows.missingInTarget;

import io.travaso.database.BeforeSql;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as they were before, in PostgreSQL: each an array of its values' text. */
final class PostgresBeforeSql implements BeforeSql {

  /** What a row of the ledger takes beside its values. */
  private static final int ROW = 60;

  /** How many rows tell how large all are. */
  private static final int SAMPLE = 1000;

  /** What a value takes beside its bytes. */
  private static final int VALUE = 8;

  @Override
  public String estimate(Work work, Images images) {
    return Stream.of("u", "d")
        .map(
            kind ->
                """
                SELECT '%1$s', coalesce(avg(%2$s), 0)::bigint, 0::bigint
                  FROM (SELECT * FROM %3$s WHERE d.kind = '%1$s' LIMIT %4$d) AS d JOIN %5$s ON %6$s
                """
                    .formatted(
                        kind,
                        size(kind.equals("u") ? images.set() : images.all()),
                        diff(work.diff()),
                        SAMPLE,
                        target(work.table()),
                        diffMatchesTarget(work.table())))
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** What is stored outside of the row counts as it is stored. */
  private static String size(List<Column> columns) {
    return columns.stream()
        .map(c -> " + coalesce(pg_column_size(" + PostgresRows.targetValue(c) + "), 0)")
        .collect(Collectors.joining("", String.valueOf(ROW + columns.size() * VALUE), ""));
  }

  @Override
  public List<String> keep(Work work, Images images) {
    return List.of(
        """
        CREATE TEMPORARY TABLE %s AS
        SELECT d.*, %s AS row_key, CASE d.kind WHEN 'u' THEN %s ELSE %s END AS image
          FROM %s JOIN %s ON %s WHERE d.kind IN ('u', 'd')
        """
            .formatted(
                quote(images.name()),
                texts(images.key()),
                texts(images.set()),
                texts(images.all()),
                diff(work.diff()),
                target(work.table()),
                diffMatchesTarget(work.table())));
  }

  @Override
  public List<String> write(Work work, Images images, int part) {
    return List.of(
        into(part)
            + "%s, d.image, %s FROM %s JOIN %s ON %s WHERE d.kind = 'u'"
                .formatted(
                    texts(images.key()),
                    PostgresDiffSql.DIGEST,
                    diff(images.name()),
                    target(work.table()),
                    diffMatchesTarget(work.table())),
        into(part)
            + "d.row_key, d.image, NULL FROM %s WHERE d.kind = 'd'".formatted(diff(images.name())));
  }

  @Override
  public String writeCreated(Work work, Images images, int part, long rows) {
    return into(part)
        + "%s, NULL, %s FROM %s JOIN %s ON %s WHERE d.kind = 'c'"
            .formatted(
                texts(images.key()),
                PostgresDiffSql.DIGEST,
                diff(work.diff()),
                target(work.table()),
                diffMatchesTarget(work.table()));
  }

  private static String into(int part) {
    return "INSERT INTO %s (part, kind, row_key, image, digest) SELECT %d, d.kind, "
        .formatted(PostgresLedgerSql.BEFORE, part);
  }

  @Override
  public String forget(Images images) {
    return "DROP TABLE pg_temp." + quote(images.name());
  }

  private static String target(SyncTable table) {
    return relation(table.table()) + " AS t";
  }

  private static String texts(List<Column> columns) {
    return columns.stream()
        .map(PostgresBeforeSql::text)
        .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }

  /** As its type writes it: a cast of char(n) to text would drop the blanks at its end. */
  private static String text(Column column) {
    String value = PostgresRows.targetValue(column);
    return "CASE WHEN " + value + " IS DISTINCT FROM NULL THEN concat(" + value + ") END";
  }

  @Override
  public List<String> read(Images images, int part) {
    SyncTable table = images.table();
    String keys =
        IntStream.range(0, images.key().size())
            .mapToObj(i -> "row_key[%d]::%s AS k%d".formatted(i + 1, images.key().get(i).type(), i))
            .collect(Collectors.joining(", "));
    return List.of(
        """
        CREATE TEMPORARY TABLE %1$s AS
        SELECT d.*, NULL::text AS who,
               CASE WHEN d.kind = 'd' THEN CASE WHEN %2$s THEN '-' ELSE 'n' END
                    WHEN %2$s THEN CASE d.kind WHEN 'c' THEN 'x' ELSE 'g' END
                    WHEN %3$s = d.digest THEN '-' ELSE 'c' END AS state
          FROM (SELECT row_number() OVER () AS id, kind, digest, image, %4$s
                  FROM %5$s WHERE part = %6$d AND kind IS NOT NULL) AS d
          LEFT JOIN %7$s ON %8$s
        """
            .formatted(
                quote(images.name()),
                missingInTarget(table),
                PostgresDiffSql.DIGEST,
                keys,
                PostgresLedgerSql.BEFORE,
                part,
                target(table),
                diffMatchesTarget(table)),
        "ANALYZE pg_temp." + quote(images.name()));
  }

  @Override
  public List<String> stage(Staged staged) {
    Images images = staged.images();
    SyncTable table = images.table();
    List<Column> written = table.written();
    return List.of(
        "INSERT INTO pg_temp.%s (%s) SELECT %s FROM %s WHERE d.kind IN ('u', 'd') AND d.state IN ('-', 'c', 'n')"
            .formatted(
                quote(staged.staging()),
                written.stream().map(table::stagingName).collect(Collectors.joining(", ")),
                written.stream().map(c -> value(images, c)).collect(Collectors.joining(", ")),
                diff(images.name())));
  }

  /** A key that the run did not set is the one that it is known by. */
  private static String value(Images images, Column column) {
    int key = images.key().indexOf(column);
    int set = images.set().indexOf(column);
    return "CASE d.kind WHEN 'u' THEN %s ELSE %s END"
        .formatted(
            set < 0 && key >= 0 ? "d.k" + key : element(set) + "::" + column.type(),
            element(images.all().indexOf(column)) + "::" + column.type());
  }

  private static String element(int index) {
    return index < 0 ? "NULL" : "d.image[" + (index + 1) + "]";
  }

  @Override
  public String same(Staged staged, String found) {
    SyncTable table = staged.images().table();
    return """
    CREATE TEMPORARY TABLE %s AS SELECT d.id, NULL::text AS who FROM %s JOIN %s ON %s JOIN %s ON %s
     WHERE d.state IN ('c', 'n') AND (%s) IS NOT TRUE
    """
        .formatted(
            quote(found),
            diff(staged.images().name()),
            PostgresRows.staged(staged.staging()),
            PostgresRows.diffMatchesStaged(table),
            target(table),
            PostgresRows.stagedMatchesTarget(table),
            PostgresRows.differs(table));
  }

  @Override
  public String held(
      Images images, ForeignKey key, Table child, @Nullable Staged own, String found) {
    return PostgresBeforeReach.held(images, key, child, own, found);
  }

  @Override
  public String orphaned(
      Staged staged, ForeignKey key, Table parent, @Nullable Staged own, String found) {
    return PostgresBeforeReach.orphaned(staged, key, parent, own, found);
  }

  @Override
  public String mark(Images images, String found, char state) {
    return "UPDATE pg_temp.%1$s AS d SET state = '%2$s', who = f.who FROM pg_temp.%3$s AS f WHERE f.id = d.id"
        .formatted(quote(images.name()), state, quote(found));
  }

  @Override
  public String unstage(Staged staged) {
    SyncTable table = staged.images().table();
    return "DELETE FROM %s USING %s WHERE d.state <> '-' AND %s"
        .formatted(
            PostgresRows.staged(staged.staging()),
            diff(staged.images().name()),
            PostgresRows.diffMatchesStaged(table));
  }

  @Override
  public String listed(Images images, String listed) {
    return "CREATE TEMPORARY TABLE %s AS SELECT %s FROM %s WHERE d.kind = 'c' AND d.state = '-'"
        .formatted(
            quote(listed),
            IntStream.range(0, images.key().size())
                .mapToObj(i -> "d.k" + i)
                .collect(Collectors.joining(", ")),
            diff(images.name()));
  }

  @Override
  public String conflicts(Images images, int limit) {
    return "SELECT %s, d.state, d.who FROM %s WHERE d.state NOT IN ('-', 'x') ORDER BY 1 LIMIT %d"
        .formatted(diffKeyText(images.table()), diff(images.name()), limit);
  }

  @Override
  public String countConflicts(Images images) {
    return "SELECT count(*) FROM %s WHERE d.state NOT IN ('-', 'x')".formatted(diff(images.name()));
  }
}
