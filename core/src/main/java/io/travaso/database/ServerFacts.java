package io.travaso.database;

import java.time.Instant;

/**
 * What a database says of itself.
 *
 * @param major what tells a series of versions, and orders them: 15 for PostgreSQL 15, 1011 for
 *     MariaDB 10.11
 * @param identity differs between any two databases, also between copies of one
 * @param databaseBytes its size on disk
 * @param now its clock
 * @param standby whether it is a read-only replica
 * @param mayCreateSchema whether the connected role may create the ledger
 */
public record ServerFacts(
    String engine,
    String version,
    int major,
    String identity,
    String database,
    String user,
    long databaseBytes,
    Instant now,
    boolean standby,
    boolean mayCreateSchema) {}
