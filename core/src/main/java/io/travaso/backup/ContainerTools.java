package io.travaso.backup;

import io.travaso.container.Container;

/** The programs of a container. */
record ContainerTools(Container container, int port) implements ToolBox {}
