package io.travaso.database.mariadb;

import static io.travaso.database.mariadb.MariaDbNames.literal;
import static io.travaso.database.mariadb.MariaDbNames.quote;
import static io.travaso.database.mariadb.MariaDbRows.diff;
import static io.travaso.database.mariadb.MariaDbRows.diffKeyText;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesStaged;
import static io.travaso.database.mariadb.MariaDbRows.diffMatchesTarget;
import static io.travaso.database.mariadb.MariaDbRows.missingInTarget;
import static io.travaso.database.mariadb.MariaDbRows.targetValue;

import io.travaso.database.BeforeSql;
import io.travaso.database.MergeSql.Work;
import io.travaso.table.Column;
import io.travaso.table.ForeignKey;
import io.travaso.table.SyncTable;
import io.travaso.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows as they were before, in MariaDB: each a JSON array of its values' {@link MariaDbExact}. */
final class MariaDbBeforeSql implements BeforeSql {
  /** What a row of the ledger takes beside its values. */
  private static final int ROW = 60;

  @Override
  public String estimate(Work work, Images images) {
    // No text can be longer than a packet; the largest that is said to be is left out.
    return """
    SELECT CAST(COALESCE(SUM(x.bytes), 0) AS SIGNED),
           CAST(COALESCE(MAX(IF(x.bytes > @@max_allowed_packet * 0.9, x.bytes, 0)), 0) AS SIGNED)
      FROM (SELECT CASE d.kind WHEN 'c' THEN %d WHEN 'u' THEN %s ELSE %s END AS bytes
              FROM %s LEFT JOIN %s ON d.kind <> 'c' AND %s) AS x
    """
        .formatted(
            ROW + 16 * images.key().size(),
            size(images.set()),
            size(images.all()),
            diff(work.diff()),
            target(work.table()),
            diffMatchesTarget(work.table()));
  }

  private static String size(List<Column> columns) {
    return columns.stream()
        .map(c -> " + " + MariaDbExact.bytes(c, targetValue(c)))
        .collect(Collectors.joining("", String.valueOf(ROW), ""));
  }

  @Override
  public List<String> keep(Work work, Images images) {
    SyncTable table = work.table();
    return List.of(
        "%s AS SELECT d.*, %s AS row_key, IF(d.kind = 'u', %s, %s) AS image FROM %s STRAIGHT_JOIN %s ON %s WHERE d.kind IN ('u', 'd')"
            .formatted(
                MariaDbStaged.create(images.name(), index(table.match())),
                texts(images.key()),
                texts(images.set()),
                texts(images.all()),
                diff(work.diff()),
                target(table),
                diffMatchesTarget(table)));
  }

  private static List<String> index(List<Column> columns) {
    String index = MariaDbStaged.index(columns, keys(columns));
    return index.isEmpty() ? List.of() : List.of(index);
  }

  private static List<String> keys(List<Column> columns) {
    return IntStream.range(0, columns.size()).mapToObj(i -> "k" + i).toList();
  }

  private static String texts(List<Column> columns) {
    return columns.stream()
        .map(c -> MariaDbExact.text(c, targetValue(c)))
        .collect(Collectors.joining(", ", "JSON_ARRAY(", ")"));
  }

  private static String target(SyncTable table) {
    return quote(table.id()) + " AS t";
  }

  /** As the diff sees it. */
  private static String seen(SyncTable table) {
    return MariaDbRows.digest(MariaDbRows.targetValues(table.table().columns()));
  }

  @Override
  public List<String> write(Work work, Images images, int part) {
    SyncTable table = work.table();
    String into =
        "INSERT INTO %s (part, kind, row_key, image, digest) SELECT %d, d.kind, "
            .formatted(MariaDbLedgerSql.BEFORE, part);
    String written = " STRAIGHT_JOIN " + target(table) + " ON " + diffMatchesTarget(table);
    return List.of(
        into
            + "%s, d.image, %s FROM %s%s WHERE d.kind = 'u'"
                .formatted(texts(images.key()), seen(table), diff(images.name()), written),
        into + "d.row_key, d.image, NULL FROM %s WHERE d.kind = 'd'".formatted(diff(images.name())),
        into
            + "%s, NULL, %s FROM %s%s WHERE d.kind = 'c'"
                .formatted(texts(images.key()), seen(table), diff(work.diff()), written));
  }

  @Override
  public String forget(Images images) {
    return "DROP TEMPORARY TABLE " + quote(images.name());
  }

  @Override
  public List<String> read(Images images, int part) {
    SyncTable table = images.table();
    List<Column> key = images.key();
    String keys = String.join(", ", keys(key));
    String typed = images.name() + "_typed";
    MariaDbStaged made = new MariaDbStaged().from(quote(table.id()), "t");
    made.column("id", "bigint unsigned").column("kind", "char(1) CHARACTER SET ascii");
    made.column("digest", "bigint unsigned").column("state", "char(1) CHARACTER SET ascii");
    made.column("who", "longtext CHARACTER SET utf8mb4");
    made.column("image", "longtext CHARACTER SET ascii");
    for (int i = 0; i < key.size(); i++) {
      made.column("k" + i, key.get(i), targetValue(key.get(i)));
    }
    index(key).forEach(made::index);
    return List.of(
        made.create(typed),
        "INSERT INTO %s (id, kind, digest, image, %s) SELECT b.id, b.kind, b.digest, b.image, %s FROM %s AS b WHERE b.part = %d AND b.kind IS NOT NULL"
            .formatted(
                quote(typed),
                keys,
                IntStream.range(0, key.size())
                    .mapToObj(i -> MariaDbExact.value(key.get(i), element("b.row_key", i)))
                    .collect(Collectors.joining(", ")),
                MariaDbLedgerSql.BEFORE,
                part),
        "CREATE TEMPORARY TABLE %s LIKE %s".formatted(quote(images.name()), quote(typed)),
        """
        INSERT INTO %1$s (id, kind, digest, image, %2$s, state)
        SELECT d.id, d.kind, d.digest, d.image, %2$s,
               CASE WHEN d.kind = 'd' THEN IF(%3$s, '-', 'n')
                    WHEN %3$s THEN IF(d.kind = 'c', 'x', 'g')
                    WHEN %4$s = d.digest THEN '-' ELSE 'c' END
          FROM %5$s LEFT JOIN %6$s ON %7$s
        """
            .formatted(
                quote(images.name()),
                keys,
                missingInTarget(table),
                seen(table),
                diff(typed),
                target(table),
                diffMatchesTarget(table)),
        "DROP TEMPORARY TABLE " + quote(typed));
  }

  private static String element(String array, int index) {
    return index < 0 ? "NULL" : "JSON_VALUE(%s, '$[%d]')".formatted(array, index);
  }

  @Override
  public List<String> stage(Staged staged) {
    Images images = staged.images();
    SyncTable table = images.table();
    List<Column> written = table.written();
    List<String> statements = new ArrayList<>();
    String index =
        MariaDbStaged.index(table.match(), table.match().stream().map(table::stagingName).toList());
    if (table.isResolved() && !index.isEmpty()) {
      statements.add("ALTER TABLE %s ADD %s".formatted(quote(staged.staging()), index));
    }
    statements.add(
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE d.kind IN ('u', 'd') AND d.state = '-'"
            .formatted(
                quote(staged.staging()),
                written.stream().map(table::stagingName).collect(Collectors.joining(", ")),
                written.stream().map(c -> value(images, c)).collect(Collectors.joining(", ")),
                diff(images.name())));
    return statements;
  }

  /** A key that the run did not set is the one that it is known by. */
  private static String value(Images images, Column column) {
    int key = images.key().indexOf(column);
    int set = images.set().indexOf(column);
    String deleted = element("d.image", images.all().indexOf(column));
    return set < 0 && key >= 0
        ? "IF(d.kind = 'u', %s, %s)".formatted("d.k" + key, MariaDbExact.value(column, deleted))
        : MariaDbExact.value(
            column, "IF(d.kind = 'u', %s, %s)".formatted(element("d.image", set), deleted));
  }

  @Override
  public String held(
      Images images, ForeignKey key, Table child, @Nullable Staged own, String found) {
    return MariaDbBeforeReach.held(images, key, child, own, found);
  }

  @Override
  public String orphaned(
      Staged staged, ForeignKey key, Table parent, @Nullable Staged own, String found) {
    return MariaDbBeforeReach.orphaned(staged, key, parent, own, found);
  }

  @Override
  public String mark(Images images, String found, char state) {
    return "UPDATE %s JOIN %s AS f ON f.id = d.id SET d.state = %s, d.who = f.who WHERE d.state = '-'"
        .formatted(diff(images.name()), quote(found), literal(String.valueOf(state)));
  }

  @Override
  public String unstage(Staged staged) {
    SyncTable table = staged.images().table();
    return "DELETE s FROM %s STRAIGHT_JOIN %s ON %s WHERE d.state <> '-'"
        .formatted(
            diff(staged.images().name()),
            MariaDbRows.staged(staged.staging()),
            diffMatchesStaged(table));
  }

  @Override
  public String listed(Images images, String listed) {
    return "%s AS SELECT %s FROM %s WHERE d.kind = 'c' AND d.state = '-'"
        .formatted(
            MariaDbStaged.create(listed, List.of()),
            keys(images.key()).stream().map(k -> "d." + k).collect(Collectors.joining(", ")),
            diff(images.name()));
  }

  @Override
  public String conflicts(Images images, int limit) {
    return "SELECT %s, d.state, d.who FROM %s WHERE d.state NOT IN ('-', 'x') ORDER BY 1 LIMIT %d"
        .formatted(diffKeyText(images.table()), diff(images.name()), limit);
  }

  @Override
  public String countConflicts(Images images) {
    return "SELECT COUNT(*) FROM %s WHERE d.state NOT IN ('-', 'x')".formatted(diff(images.name()));
  }
}
