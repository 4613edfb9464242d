package io.travaso.config;

/**
 * A second place for backups, on another host. It is reached from the environment's own host, so
 * its paths are as they were written: {@code ~} is the home of the account over there.
 *
 * @param name as in the configuration: {@code offsite}
 * @param host that keeps the copies
 * @param identity the private key's file
 * @param knownHosts the file that holds the host's key
 * @param directory on that host, absolute
 * @param keep how many backups of a service stay there
 */
public record Place(
    String name,
    String host,
    int port,
    String user,
    String identity,
    String knownHosts,
    String directory,
    int keep) {}
