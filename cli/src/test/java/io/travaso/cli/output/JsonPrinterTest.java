package io.travaso.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.travaso.cli.testing.Surrounded;
import io.travaso.pipeline.Step;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JsonPrinterTest {
  private final Surrounded surrounded = new Surrounded(Path.of("/")).with("LANG", "it_IT.UTF-8");
  private final AtomicLong now = new AtomicLong();

  private JsonPrinter printer() {
    Console console = surrounded.console();
    return new JsonPrinter(
        console.out(),
        console,
        new Messages(console.language(), ZoneOffset.UTC),
        new Messages(Language.ENGLISH, ZoneOffset.UTC),
        now::get);
  }

  private JsonNode line(int index) throws Exception {
    return JsonMapper.builder().build().readTree(surrounded.out().lines().get(index));
  }

  @Test
  void writesEventsOneALineInEnglish() {
    Script.play(printer());
    assertThat(surrounded.out().lines())
        .startsWith(
            "{\"event\":\"step\",\"step\":1,\"name\":\"check\",\"state\":\"began\"}",
            "{\"event\":\"finding\",\"severity\":\"warning\",\"what\":\"The clock of prod is 7 minutes"
                + " off\",\"hint\":\"Set the clocks.\"}",
            "{\"event\":\"step\",\"step\":1,\"name\":\"check\",\"state\":\"done\",\"note\":\"checked\","
                + "\"args\":[3,\"dev\",\"prod\"],\"text\":\"3 tables, dev → prod\"}",
            "{\"event\":\"step\",\"step\":2,\"name\":\"export\",\"state\":\"began\"}",
            "{\"event\":\"progress\",\"work\":\"anagrafiche.Cliente\",\"done\":16384}")
        .contains(
            "{\"event\":\"progress\",\"work\":\"x.json.zst\",\"done\":3600000,\"total\":7200000}",
            "{\"event\":\"note\",\"note\":\"not_changed_since\",\"args\":[],"
                + "\"text\":\"nothing was changed since the sync\"}")
        .endsWith(
            "{\"event\":\"step\",\"step\":5,\"name\":\"confirm\",\"state\":\"skipped\","
                + "\"note\":\"skipped_dry_run\",\"args\":[],\"text\":\"dry run\"}");
    assertThat(surrounded.err().text()).isEmpty();
  }

  @Test
  void tellsThePlanBeforeTheConfirmation() throws Exception {
    Script.play(printer());
    JsonNode plan = line(surrounded.out().lines().size() - 2);
    assertThat(plan.get("event").textValue()).isEqualTo("plan");
    assertThat(plan.at("/plan/totals/created").longValue()).isEqualTo(38);
    assertThat(plan.at("/plan/status").textValue()).isEqualTo("planned");
  }

  @Test
  void tellsProgressTwiceASecondAtMost() {
    JsonPrinter printer = printer();
    printer.begins(Step.PLAN);
    for (int i = 1; i <= 100; i++) {
      now.addAndGet(20_000_000L);
      printer.at("pratiche.Pratica", i, 0);
    }
    assertThat(surrounded.out().lines()).filteredOn(line -> line.contains("progress")).hasSize(4);
  }

  @Test
  void tellsAFailureToBothScriptsAndPeople() {
    printer().failed(new Failure(ExitCode.REFUSED, "città \"x\"", "hint", List.of("a", "b")));
    assertThat(surrounded.out().lines())
        .containsExactly(
            "{\"status\":\"refused\",\"error\":{\"what\":\"città \\\"x\\\"\",\"hint\":\"hint\","
                + "\"details\":[\"a\",\"b\"]},\"exitCode\":5}");
    assertThat(surrounded.err().text()).startsWith("rifiutato: città \"x\"\n");
  }
}
