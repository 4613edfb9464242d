package io.travaso.ledger;

import java.time.Instant;

/** The mark in a database that says which environment it is. */
public record EnvironmentMark(String environment, Instant markedAt, String markedBy) {}
