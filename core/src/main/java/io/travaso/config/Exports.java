package io.travaso.config;

import java.nio.file.Path;

/**
 * Where the fixtures are kept.
 *
 * @param directory absolute, on this machine
 * @param keep how many are kept, at least one
 */
public record Exports(Path directory, int keep) {}
