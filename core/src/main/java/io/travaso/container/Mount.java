package io.travaso.container;

/**
 * A folder of a container that is not its own.
 *
 * @param type {@code volume}, {@code bind} or {@code tmpfs}
 * @param source the volume's name, or the path on the host
 * @param path where the container sees it, absolute
 * @param writable whether the container may write to it
 */
public record Mount(String type, String source, String path, boolean writable) {}
