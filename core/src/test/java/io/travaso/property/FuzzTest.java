package io.travaso.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.travaso.config.Surroundings;
import io.travaso.config.SyncConfig;
import io.travaso.database.RowSink;
import io.travaso.fixture.FixtureReader;
import io.travaso.fixture.Manifest;
import io.travaso.fixture.RecordSink;
import io.travaso.property.FixtureOracle.Row;
import io.travaso.property.JsonTree.Word;
import io.travaso.table.SyncTable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a file holds, it is read as it stands or refused with a reason: no crash, no hang, no
 * memory beyond a bound, nothing written. The inputs are those of {@code
 * src/test/resources/corpus}, damaged; what once failed is kept there.
 */
class FuzzTest {
  /** Each of YAML's tokens is several objects, and a token can be one character. */
  private static final long YAML = 2048;

  private static final Map<String, SyncTable> MODELS = FuzzTables.models();

  private final Fuzz<List<Row>> fixtures =
      new Fuzz<>("fixtures", "in.json", 64, FuzzTest::readFixture, FuzzTest::checkFixture);
  private final Fuzz<Manifest> manifests =
      new Fuzz<>("manifests", "in.manifest.json", 64, Manifest::read, FuzzTest::checkManifest);
  private final Fuzz<SyncConfig> configurations =
      new Fuzz<>(
          "configurations",
          "sync.yaml",
          YAML,
          FuzzTest::readConfig,
          (input, read) -> checkConfig(read));

  @Provide
  Arbitrary<Seeded<String>> seeds() {
    return Seeded.any(Arbitraries.just("a hundred inputs"));
  }

  @Example
  void keptFixtures() throws IOException {
    fixtures.kept();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void damagedFixtures(@ForAll("seeds") Seeded<String> any) throws IOException {
    fixtures.damaged(any.seed());
  }

  @Example
  void keptManifests() throws IOException {
    manifests.kept();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void damagedManifests(@ForAll("seeds") Seeded<String> any) throws IOException {
    manifests.damaged(any.seed());
  }

  @Example
  void keptConfigurations() throws IOException {
    configurations.kept();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void damagedConfigurations(@ForAll("seeds") Seeded<String> any) throws IOException {
    configurations.damaged(any.seed());
  }

  private static List<Row> readFixture(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    FixtureReader.read(
        file,
        MODELS,
        new RecordSink() {
          @Override
          public RowSink begin(SyncTable table) {
            return (bytes, offset, length) ->
                rows.add(
                    FixtureOracle.row(table, Arrays.copyOfRange(bytes, offset, offset + length)));
          }

          @Override
          public void end() {}
        });
    return rows;
  }

  private static void checkFixture(byte[] input, List<Row> read) throws IOException {
    List<Row> wanted = FixtureOracle.rows(Packed.of(input).content(), MODELS);
    assertThat(read).hasSameSizeAs(wanted);
    for (int i = 0; i < read.size(); i++) {
      assertThat(FixtureOracle.same(wanted.get(i), read.get(i)))
          .as("record %d: %s, read as %s", i + 1, wanted.get(i), read.get(i))
          .isTrue();
    }
  }

  private static void checkManifest(byte[] input, Manifest read) throws IOException {
    Map<?, ?> wanted = (Map<?, ?>) JsonTree.read(input);
    assertThat(integer(JsonTree.member(wanted, "bytes"))).isEqualTo(read.bytes());
    assertThat(integer(JsonTree.member(wanted, "records"))).isEqualTo(read.records());
    assertThat(wanted.get("format")).isIn(new Word("1"), new Word("2"), new Word("3"));
    assertThat(wanted.get("sha256")).isEqualTo(read.sha256());
    assertThat(wanted.get("file")).isEqualTo(read.file());
    assertThat(wanted.get("environment")).isEqualTo(read.environment());
    List<?> tables = (List<?>) JsonTree.member(wanted, "tables");
    assertThat(read.tables()).hasSameSizeAs(tables);
    for (int i = 0; i < tables.size(); i++) {
      Map<?, ?> table = (Map<?, ?>) tables.get(i);
      Manifest.TableEntry entry = read.tables().get(i);
      assertThat(table.get("table")).isEqualTo(entry.table());
      assertThat(table.get("model")).isEqualTo(entry.model());
      assertThat(table.get("key")).isEqualTo(entry.key());
      assertThat(integer(JsonTree.member(table, "records"))).isEqualTo(entry.records());
    }
  }

  /** The integer that a member must be: JSON's {@code -0} is 0, so the text is not compared. */
  private static long integer(Object member) {
    assertThat(member).isInstanceOf(Word.class);
    return new BigInteger(((Word) member).text()).longValueExact();
  }

  private static SyncConfig readConfig(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path home = folder == null ? file : folder;
    return SyncConfig.read(file, new Surroundings(Map.of(), home, home));
  }

  /** What an environment's own host is given says the same. */
  private static void checkConfig(SyncConfig read) {
    for (String environment : read.environments().keySet()) {
      Surroundings there =
          new Surroundings(Map.of(), Path.of("/srv/sync"), Path.of("/home/somebody"));
      SyncConfig again =
          SyncConfig.parse(
              read.forEnvironment(environment), Path.of("/srv/sync/sync-config/sync.yaml"), there);
      assertThat(again.fingerprint()).isEqualTo(read.fingerprint());
    }
  }
}
