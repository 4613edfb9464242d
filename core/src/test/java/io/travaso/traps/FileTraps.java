package io.travaso.traps;

import static io.travaso.traps.Outcome.EXACT;
import static io.travaso.traps.Outcome.REFUSED;

import io.travaso.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Files that are damaged, or say something else than they seem to. */
abstract class FileTraps extends Traps {

  FileTraps(PostgresServer server) {
    super(server);
  }

  private Crossing tables() {
    return crossing("CREATE TABLE t (id int PRIMARY KEY, v text, n numeric, j jsonb, i bigint)")
        .dev("INSERT INTO t VALUES (1, 'one', 1.10, '{\"k\": 5}', 7), (2, 'two', NULL, NULL, NULL)")
        .prod("INSERT INTO t VALUES (1, 'old', 2, NULL, NULL)");
  }

  /** Exports, edits, and expects that the fixture is refused. */
  private static void refused(Crossing crossing, Function<Edited, Path> edit, String... words) {
    Path fixture = edit.apply(Edited.of(crossing.export()));
    crossing.refuses(() -> crossing.merge(fixture), words);
  }

  private static void refused(Crossing crossing, String text, String by, String... words) {
    refused(crossing, e -> e.replace(text, by).save(), words);
  }

  @Test
  @Holds(value = "J1", as = EXACT)
  void deepDocumentsAndLongNumbers() {
    crossing("CREATE TABLE t (id int PRIMARY KEY, n numeric, j jsonb)")
        .dev(
            "INSERT INTO t VALUES (1, ('1' || repeat('0', 100000) || '.5')::numeric,"
                + " (repeat('[', 3000) || repeat('7', 5000) || repeat(']', 3000))::jsonb)")
        .arrivesWhole();
  }

  @Test
  @Holds(value = "J2", as = REFUSED)
  void whatStandsTwiceOrAfterTheEnd() {
    Crossing crossing = tables();
    refused(crossing, "\"v\": \"one\"", "\"v\": \"one\", \"v\": \"uno\"", "v", "line");
    refused(crossing, "{\"k\": 5}", "{\"k\": 5, \"k\": 6}", "k", "line");
    refused(crossing, "\n]", "\n]\n[]", "line");
    refused(crossing, "\n]", "\n] x", "line");
  }

  @Test
  @Holds(value = "J3", as = REFUSED)
  void aNumberThatExplodes() {
    Crossing crossing = tables();
    refused(crossing, "\"1.10\"", "1e1000000000", "public.t", "1");
    refused(crossing, "{\"k\": 5}", "{\"k\": 1e1000000000}", "public.t");
  }

  @Test
  @Holds(value = "J4", as = REFUSED)
  void halfACharacter() {
    refused(tables(), "\"one\"", "\"\\ud83d\"", "public.t", "v");
  }

  @Test
  @Holds(value = "J5", as = EXACT)
  void integersBeyondDouble() {
    crossing("CREATE TABLE t (id bigint PRIMARY KEY, j jsonb)")
        .dev(
            "INSERT INTO t VALUES (9007199254740993, '[9007199254740993]'), (-9223372036854775808, '0')")
        .prod("INSERT INTO t VALUES (9007199254740992, '0')")
        .arrives()
        .arrivesWhole();
  }

  @Test
  @Holds(value = "J6", as = REFUSED)
  void cutAnywhere() {
    Crossing crossing = tables();
    int length = Edited.of(crossing.export()).bytes().length;
    for (int end = 0; end < length; end += 37) {
      int cut = end;
      refused(crossing, e -> e.bytes(Arrays.copyOf(e.bytes(), cut)).save());
    }
  }

  @Test
  @Holds(value = "J6", as = REFUSED)
  void otherThanItsManifest() {
    Crossing crossing = tables();
    refused(crossing, e -> e.replace("\"one\"", "\"ONE\"").saveBesideItsManifest(), "SHA-256");
    refused(
        crossing,
        e ->
            e.replace(
                    "\n]",
                    ",\n{\"model\": \"public.t\", \"pk\": 3, \"fields\": {\"v\": null, \"n\": null, \"j\": null, \"i\": null}}\n]")
                .save(),
        "public.t");
  }

  @Test
  @Holds(value = "J6", as = REFUSED)
  void otherPartsThanItShouldHave() {
    Crossing crossing = tables();
    refused(
        crossing,
        "\"model\": \"public.t\", \"pk\": 1",
        "\"model\": \"public.x\", \"pk\": 1",
        "public.x");
    refused(crossing, "\"v\": \"one\"", "\"w\": \"one\"", "w");
    refused(crossing, "\"v\": \"one\", ", "", "v");
    refused(crossing, "\"pk\": 1, ", "", "pk");
    refused(crossing, "\"pk\": 1,", "\"pk\": null,", "pk");
    refused(crossing, "\"pk\": 1,", "\"pk\": true,", "pk");
    refused(crossing, "\"pk\": 1,", "\"pk\": [1],", "pk");
    refused(crossing, "\"v\": \"one\"", "\"v\": 1", "v");
  }

  @Test
  @Holds(value = "J6", as = REFUSED)
  void otherEncodingsAndShapes() {
    Crossing crossing = tables();
    refused(crossing, e -> e.bytes(("\ufeff" + text(e)).getBytes(StandardCharsets.UTF_8)).save());
    refused(crossing, e -> e.bytes(text(e).getBytes(StandardCharsets.UTF_16LE)).save());
    refused(crossing, e -> e.bytes("{}".getBytes(StandardCharsets.UTF_8)).save());
    refused(crossing, e -> e.bytes("[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)).save());
    refused(crossing, "one", "o\u0000ne");
  }

  @Test
  @Holds(value = "J6", as = EXACT)
  void linesOfOtherSystems() {
    Crossing crossing = tables();
    Path fixture = Edited.of(crossing.export()).replace("\n", "\r\n").save();
    crossing.merge(fixture);
    crossing.settled();
  }

  private static String text(Edited edited) {
    return new String(edited.bytes(), StandardCharsets.UTF_8);
  }
}
