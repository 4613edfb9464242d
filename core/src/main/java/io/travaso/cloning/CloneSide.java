package io.travaso.cloning;

import io.travaso.Secret;
import io.travaso.backup.ToolBox;
import io.travaso.config.Environment;
import io.travaso.config.SyncConfig;
import io.travaso.database.ConnectionSettings;
import io.travaso.database.Database;
import io.travaso.table.Catalog;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An environment of which a clone is made, or which becomes one.
 *
 * @param settings how its database is reached from here
 * @param maintenance the same with the account that may make databases beside it; the usual one
 *     where nobody was named
 * @param tools where its engine's programs run
 * @param maskKey makes the masks; asked for only where something is masked
 */
public record CloneSide(
    SyncConfig config,
    Environment environment,
    Database database,
    Catalog catalog,
    ConnectionSettings settings,
    ConnectionSettings maintenance,
    ToolBox tools,
    Supplier<Optional<Secret>> maskKey,
    String toolVersion,
    Clock clock) {}
