package io.travaso.cli.testing;

import io.travaso.cli.Program;
import io.travaso.cli.command.Launch;
import io.travaso.cli.output.Console;
import io.travaso.cli.output.Language;
import io.travaso.cli.output.Terminal;
import io.travaso.config.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The program with a terminal or without, some variables, something to read and a folder; it
 * remembers what was written.
 */
public final class Surrounded {
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final Captured out = new Captured();
  private final Captured err = new Captured();
  private final AtomicBoolean halted = new AtomicBoolean();
  private Terminal terminal = Terminal.NONE;
  private InputStream in = InputStream.nullInputStream();

  public Surrounded(Path folder) {
    this.folder = folder;
    variables.put("LANG", "en_US.UTF-8");
  }

  public Surrounded with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** At a terminal, on which this is typed. */
  public Surrounded typing(String typed) {
    terminal = new Terminal(true, true, true, 80);
    return reading(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
  }

  public Surrounded reading(InputStream input) {
    in = input;
    return this;
  }

  public Console console() {
    return new Console(
        in,
        out.stream(),
        err.stream(),
        variables,
        terminal,
        Language.of(variables, Locale.ENGLISH));
  }

  public Launch launch() {
    return new Launch(
        console(),
        new Surroundings(variables, folder, folder),
        Clock.systemUTC(),
        System::nanoTime,
        "sync",
        "0.1.0",
        Optional.empty(),
        "anna@laptop",
        () -> halted.set(true));
  }

  /** Runs a command, and gives its exit code. */
  public int run(String... args) {
    return new Program(launch()).run(args);
  }

  public Captured out() {
    return out;
  }

  public Captured err() {
    return err;
  }

  public boolean isHalted() {
    return halted.get();
  }
}
