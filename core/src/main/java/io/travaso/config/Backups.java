package io.travaso.config;

/**
 * Where the environment's backups are kept.
 *
 * @param directory absolute, on the environment's own host
 * @param keep how many are kept, at least one
 */
public record Backups(String directory, int keep) {}
