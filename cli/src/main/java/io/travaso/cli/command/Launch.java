package io.travaso.cli.command;

import io.travaso.cli.output.Console;
import io.travaso.config.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the program was started with.
 *
 * @param nanoTime the time in nanoseconds, from anywhere
 * @param program the name it was called by: {@code sync} or {@code travaso}
 * @param version of this tool
 * @param jar the jar this tool runs from; empty where it runs from classes
 * @param user who runs it: user@host
 * @param halt ends the process and the programs it started, at once and without any further word
 */
public record Launch(
    Console console,
    Surroundings surroundings,
    Clock clock,
    LongSupplier nanoTime,
    String program,
    String version,
    Optional<Path> jar,
    String user,
    Runnable halt) {}
