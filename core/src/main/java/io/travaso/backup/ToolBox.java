package io.travaso.backup;

import io.travaso.container.Container;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine's own programs run: on this host, or in the container its server runs in. There
 * they are of the server's own version, and reach it at 127.0.0.1.
 */
public sealed interface ToolBox permits HostTools, ContainerTools {

  /**
   * The programs of this host.
   *
   * @param directory the folder they are in; null to look into PATH and the usual places
   */
  static ToolBox here(@Nullable Path directory) {
    return new HostTools(directory);
  }

  /**
   * The programs of a database's container.
   *
   * @param port the server's, inside
   */
  static ToolBox in(Container container, int port) {
    return new ContainerTools(container, port);
  }
}
