package io.travaso.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.travaso.table.TableId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
  private static final TableId T = new TableId("public", "t");
  private static final String TABLE =
      """
      CREATE TABLE `t` (
        `a` int(11) NOT NULL,
        `b` text DEFAULT 'x,\\'); `c` int',
        `g` int(11) GENERATED ALWAYS AS (`a` + 1) STORED,
        KEY `k` (`a`)
      ) ENGINE=InnoDB;
      """;
  private static final String END = "-- Dump completed on 2026-11-21 10:19:23\n";

  @Test
  void readsRowsHoweverTheyAreBroken() throws IOException {
    assertThat(
            rows(
                TABLE
                    + "INSERT INTO `t` (`a`, `b`, `g`) VALUES (1,'x',2),(2,NULL,3),\n"
                    + "(-3.5e+10 , '(\\')\\n"
                    + ";' ,4);\n"
                    + "INSERT INTO `t` (`a`, `b`, `g`)  VALUES\n"
                    + "(5,'',6);\n"
                    + END))
        .containsExactly("1\tx", "2\t\\N", "-3.5e+10\t(')\\n;", "5\t");
  }

  @Test
  void readsEveryEscape() throws IOException {
    assertThat(
            rows(
                TABLE
                    + "INSERT INTO `t` (`b`) VALUES ('\\0\\n"
                    + "\\r"
                    + "\\\\\\'\\\"\\Z\\t\\b\\%'),(0x6162),('\t');\n"
                    + END))
        .containsExactly("\0\\n\\r\\\\'\"\u001a\\t\\b%", "ab", "\\t");
  }

  @Test
  void readsNothingInsideOfOtherThings() throws IOException {
    assertThat(
            rows(
                TABLE
                    + "/* INSERT INTO `t` (`a`) VALUES (1); */\n"
                    + "-- it's a comment\n"
                    + "INSERT INTO `t` (`a`) VALUES (2);\n"
                    + "# another's\n"
                    + "/*!50001 CREATE VIEW `v` AS SELECT ';\n"
                    + "INSERT INTO `t` (`a`) VALUES (3);\n"
                    + "' */;\n"
                    + "CREATE DEFINER=`;\n"
                    + "INSERT INTO ``t`` VALUES (4);\n"
                    + "` SEQUENCE s;\n"
                    + "DELIMITER ;;\n"
                    + "CREATE PROCEDURE p() BEGIN -- it's;;\n"
                    + "INSERT INTO `t` (`a`) VALUES (5);\n"
                    + "SELECT ';;\n"
                    + "INSERT INTO `t` (`a`) VALUES (6);';\n"
                    + "END ;;\n"
                    + "DELIMITER ;\n"
                    + "/*!50003 SET sql_mode              = 'NO_BACKSLASH_ESCAPES' */ ;\n"
                    + "DELIMITER $$$\n"
                    + "CREATE PROCEDURE q() SELECT '\\';\n"
                    + "INSERT INTO `t` (`a`) VALUES (7);\n"
                    + "$$$\n"
                    + "DELIMITER ;\n"
                    + "/*!50003 SET sql_mode              = @saved_sql_mode */ ;\n"
                    + "INSERT INTO `t` (`a`) VALUES (8);\n"
                    + END))
        .containsExactly("2", "8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO `t` (`a`) VALUES (1,2);\n",
        "INSERT INTO `t` (`a`) VALUES (1) (2);\n",
        "INSERT INTO `t` (`a`) VALUES (now());\n",
        "INSERT INTO `t` (`a`) VALUES (_binary 'x');\n",
        "INSERT INTO `t` (`a`) VALUES (0x1);\n",
        "INSERT INTO `t` (`a`) VALUES ('x''y');\n",
        "INSERT INTO `t` (`nothing`) VALUES (1);\n",
        "INSERT INTO `t` VALUES (1);\n",
        "INSERT INTO `t` (`a`) SELECT 1;\n",
        "INSERT INTO `unknown` (`a`) VALUES (1);\n",
        "CREATE TABLE `t` (\n  `a` int\n);\n",
        "DELIMITER \nx",
      })
  void refusesWhatItCannotRead(String script) {
    assertThatThrownBy(() -> rows(TABLE + script + END))
        .isInstanceOfAny(IOException.class, AssertionError.class);
  }

  @Test
  void isWholeOnlyToItsLastByte() throws IOException {
    String script =
        TABLE
            + "INSERT INTO `t` (`a`, `b`) VALUES (1,'it\\'s; -- Dump completed\\n"
            + "'),(2,'\n"
            + "-- Dump completed\n"
            + "');\n"
            + "DELIMITER ;;\n"
            + "CREATE PROCEDURE p() SELECT 1;;\n"
            + "DELIMITER ;\n"
            + END;
    for (int length = 0; length < script.length(); length++) {
      assertThat(isWhole(script.substring(0, length))).as(length + " bytes").isFalse();
    }
    assertThat(isWhole(script)).isTrue();
    assertThat(isWhole(script + "\n\n")).isTrue();
    assertThat(isWhole(script + "DROP TABLE t;\n")).isFalse();
    assertThat(isWhole(script + "DROP TABLE t")).isFalse();
  }

  private static boolean isWhole(String script) throws IOException {
    return new SqlScript(
            new ScriptBytes(slowly(script), null), new WantedRows(Set.of(T), TableDataSink.NONE))
        .read();
  }

  /** Values are replaced in what is copied, and nothing else changes. */
  @Test
  void copiesWhatItReads() throws IOException {
    String script =
        TABLE
            + "INSERT INTO `t` (`a`, `b`) VALUES (1,'x'),(2,'"
            + "y".repeat(300_000)
            + "');\n"
            + END;
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    ScriptBytes bytes = new ScriptBytes(slowly(script), copy);
    DumpedRows replacing =
        new DumpedRows() {
          @Override
          public void table(DumpedTable table) {}

          @Override
          public boolean insert(DumpedTable table, List<String> columns) {
            return true;
          }

          @Override
          public void row(ScriptBytes row, int[] bounds) throws IOException {
            row.replace(bounds[0], bounds[1], "77".getBytes(UTF_8));
          }

          @Override
          public void end() {}
        };

    assertThat(new SqlScript(bytes, replacing).read()).isTrue();
    bytes.finish();

    assertThat(copy.toString(UTF_8))
        .isEqualTo(script.replace("(1,'x')", "(77,'x')").replace("(2,'y", "(77,'y"));
  }

  private static List<String> rows(String script) throws IOException {
    Dumps.Rows rows = new Dumps.Rows();
    WantedRows wanted = new WantedRows(Set.of(T), rows);
    assertThat(new SqlScript(new ScriptBytes(slowly(script), null), wanted).read()).isTrue();
    assertThat(rows.rows).isNotEqualTo(Map.of());
    return rows.rows.getOrDefault(T, List.of());
  }

  /** A stream that gives a few bytes at a time, as a pipe may. */
  private static InputStream slowly(String script) {
    return new ByteArrayInputStream(script.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 7));
      }
    };
  }
}
