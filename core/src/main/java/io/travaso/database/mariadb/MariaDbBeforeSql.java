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
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as they were before, in MariaDB: each a JSON array of its values' {@link MariaDbExact}. */
final class MariaDbBeforeSql implements BeforeSql {
  /** What a row of the ledger takes beside its values. */
  private static final int ROW = 60;

  /** How many rows tell how large all are. */
  private static final int SAMPLE = 1000;

  /** How many created rows stand together: a row of the ledger each took five times as long. */
  private static final int TOGETHER = 64;

  @Override
  public String estimate(Work work, Images images) {
    return Stream.of("u", "d")
        .map(
            kind -> {
              List<Column> columns = kind.equals("u") ? images.set() : images.all();
              // No text can be longer than a packet, so where rows may be, all are looked at.
              String rows = MariaDbExact.areShort(columns) ? " LIMIT " + SAMPLE : "";
              return """
              SELECT '%1$s', CAST(COALESCE(AVG(x.bytes), 0) AS SIGNED),
                     CAST(COALESCE(SUM(x.bytes > @@max_allowed_packet * 0.9), 0) AS SIGNED)
                FROM (SELECT %2$s AS bytes FROM (SELECT * FROM %3$s WHERE d.kind = '%1$s'%4$s) AS d
                        STRAIGHT_JOIN %5$s ON %6$s) AS x
              """
                  .formatted(
                      kind,
                      size(columns),
                      diff(work.diff()),
                      rows,
                      target(work.table()),
                      diffMatchesTarget(work.table()));
            })
        .collect(Collectors.joining(" UNION ALL "));
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
                MariaDbStaged.create(images.name(), List.of()),
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

  /** An array of JSON; there is nothing in the texts that would have to be escaped. */
  private static String texts(List<Column> columns) {
    return "CONCAT('[', " + joined(columns) + ", ']')";
  }

  private static String joined(List<Column> columns) {
    return columns.stream()
        .map(
            c ->
                "COALESCE(CONCAT('\"', %s, '\"'), 'null')"
                    .formatted(MariaDbExact.text(c, targetValue(c))))
        .collect(Collectors.joining(", ',', "));
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
    String into =
        "INSERT INTO %s (part, kind, row_key, image, digest) SELECT %d, d.kind, "
            .formatted(MariaDbLedgerSql.BEFORE, part);
    return List.of(
        into
            + "%s, d.image, %s FROM %s STRAIGHT_JOIN %s ON %s WHERE d.kind = 'u'"
                .formatted(
                    texts(images.key()),
                    seen(work.table()),
                    diff(images.name()),
                    target(work.table()),
                    diffMatchesTarget(work.table())),
        into
            + "d.row_key, d.image, NULL FROM %s WHERE d.kind = 'd'".formatted(diff(images.name())));
  }

  @Override
  public String writeCreated(Work work, Images images, int part, long rows) {
    SyncTable table = work.table();
    return """
    INSERT INTO %1$s (part, kind, row_key)
    SELECT SQL_BIG_RESULT %2$d, 'c', CONCAT('[', GROUP_CONCAT(CONCAT('[', %3$s, ',', %4$s, ']')), ']')
      FROM %5$s STRAIGHT_JOIN %6$s ON %7$s WHERE d.kind = 'c' GROUP BY CRC32(CONCAT(%3$s)) %% %8$d
    """
        .formatted(
            MariaDbLedgerSql.BEFORE,
            part,
            joined(images.key()),
            seen(table),
            diff(work.diff()),
            target(table),
            diffMatchesTarget(table),
            rows / TOGETHER + 1);
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
    made.index("id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY");
    made.column("kind", "char(1) CHARACTER SET ascii");
    made.column("digest", "bigint unsigned").column("state", "char(1) CHARACTER SET ascii");
    made.column("who", "longtext CHARACTER SET utf8mb4");
    made.column("image", "longtext CHARACTER SET ascii");
    for (int i = 0; i < key.size(); i++) {
      made.column("k" + i, key.get(i), targetValue(key.get(i)));
    }
    index(key).forEach(made::index);
    String into = "INSERT INTO %s (kind, digest, image, %s) SELECT ".formatted(quote(typed), keys);
    String from =
        " FROM %s AS b%s WHERE b.part = %d AND b.kind %s 'c'"
            .formatted(MariaDbLedgerSql.BEFORE, "%s", part, "%s");
    return List.of(
        made.create(typed),
        into
            + "b.kind, b.digest, b.image, "
            + values(key, i -> element("b.row_key", i))
            + from.formatted("", "<>"),
        into
            + "'c', j.digest, NULL, "
            + values(key, i -> "j.k" + i)
            + from.formatted(together(key), "="),
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

  private static String values(List<Column> key, IntFunction<String> text) {
    return IntStream.range(0, key.size())
        .mapToObj(i -> MariaDbExact.value(key.get(i), text.apply(i)))
        .collect(Collectors.joining(", "));
  }

  /** What was created stands many in a row: arrays of the key's values, and the hash. */
  private static String together(List<Column> key) {
    return " JOIN JSON_TABLE(b.row_key, '$[*]' COLUMNS (%s, digest bigint unsigned PATH '$[%d]')) AS j"
        .formatted(
            IntStream.range(0, key.size())
                .mapToObj(
                    i -> "k%1$d varchar(8000) CHARACTER SET ascii PATH '$[%1$d]'".formatted(i))
                .collect(Collectors.joining(", ")),
            key.size());
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
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE d.kind IN ('u', 'd') AND d.state IN ('-', 'c', 'n')"
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
  public String same(Staged staged, String found) {
    SyncTable table = staged.images().table();
    return """
    CREATE TEMPORARY TABLE %s ENGINE = InnoDB AS
    SELECT d.id, NULL AS who FROM %s STRAIGHT_JOIN %s ON %s STRAIGHT_JOIN %s ON %s
     WHERE d.state IN ('c', 'n') AND (%s) IS NOT TRUE
    """
        .formatted(
            quote(found),
            diff(staged.images().name()),
            MariaDbRows.staged(staged.staging()),
            diffMatchesStaged(table),
            target(table),
            MariaDbRows.stagedMatchesTarget(table),
            MariaDbRows.differs(table));
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
    return "UPDATE %s JOIN %s AS f ON f.id = d.id SET d.state = %s, d.who = f.who"
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
