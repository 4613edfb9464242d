package io.travaso.backup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The programs of this host. */
record HostTools(@Nullable Path directory) implements ToolBox {}
