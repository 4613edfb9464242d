package io.travaso.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.travaso.Finding;
import io.travaso.pipeline.Note;
import io.travaso.pipeline.Step;
import io.travaso.pipeline.SyncReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows a run to scripts: events, one JSON object a line, and as the last line the result. People
 * get failures on standard error as well.
 */
public final class JsonPrinter implements Printer {
  private static final long PAUSE = Duration.ofMillis(500).toNanos();

  private final PrintStream out;
  private final Messages english;
  private final Page err;
  private final LongSupplier nanoTime;
  private final JsonMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();
  private boolean newStep = true;
  private long toldAt;

  /**
   * @param out takes UTF-8
   * @param messages for standard error
   * @param english for the events
   * @param nanoTime the time in nanoseconds, from anywhere
   */
  public JsonPrinter(
      PrintStream out,
      Console console,
      Messages messages,
      Messages english,
      LongSupplier nanoTime) {
    this.out = out;
    this.english = english;
    this.err = new Page(console.err(), messages, console.errStyle(), console.terminal().columns());
    this.nanoTime = nanoTime;
  }

  @Override
  public void begins(Step step) {
    newStep = true;
    event("step", step(step, "began"));
  }

  @Override
  public void done(Step step, Note note) {
    Map<String, Object> fields = step(step, "done");
    fields.putAll(note(note));
    event("step", fields);
  }

  @Override
  public void skipped(Step step, Note reason) {
    Map<String, Object> fields = step(step, "skipped");
    fields.putAll(note(reason));
    event("step", fields);
  }

  private static Map<String, Object> step(Step step, String state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", step.number());
    fields.put("name", lower(step));
    fields.put("state", state);
    return fields;
  }

  private Map<String, Object> note(Note note) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("note", lower(note.text()));
    fields.put("args", note.args().stream().map(JsonPrinter::plain).toList());
    fields.put("text", english.text(note));
    return fields;
  }

  private static Object plain(Object arg) {
    return arg instanceof Number ? arg : String.valueOf(arg);
  }

  /** Tells how far work has come, twice a second at most. */
  @Override
  public void at(String work, long done, long total) {
    long now = nanoTime.getAsLong();
    if (!newStep && now - toldAt < PAUSE) {
      return;
    }
    newStep = false;
    toldAt = now;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("work", work);
    fields.put("done", done);
    if (total > 0) {
      fields.put("total", total);
    }
    event("progress", fields);
  }

  @Override
  public void found(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("severity", lower(finding.severity()));
    fields.put("what", finding.what());
    fields.put("hint", finding.hint());
    event("finding", fields);
  }

  @Override
  public void planned(SyncReport report) {
    event("plan", Map.of("plan", report));
  }

  @Override
  public void tells(Note note) {
    event("note", note(note));
  }

  @Override
  public void tells(String line) {
    event("told", Map.of("text", line));
  }

  @Override
  public void asks(Note question, String answer) {
    throw new IllegalStateException("Scripts are not asked");
  }

  @Override
  public void result(Result result) {
    line(result.json());
  }

  @Override
  public void failed(Failure failure) {
    FailureText.print(failure, err);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("what", failure.what());
    error.put("hint", failure.hint());
    error.put("details", failure.details());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", failure.exitCode().status());
    result.put("error", error);
    result.put("exitCode", failure.exitCode().number());
    line(result);
  }

  @Override
  public void warns(String what) {
    err.line(err.messages().text("warning") + " " + what);
  }

  private void event(String kind, Map<String, Object> fields) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", kind);
    event.putAll(fields);
    line(event);
  }

  private void line(Object object) {
    try {
      out.println(json.writeValueAsString(object));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not to be written as JSON: " + object.getClass(), e);
    }
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
