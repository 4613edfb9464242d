package io.travaso.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a host is reached over SSH. The paths are absolute and on this machine.
 *
 * @param identity the private key's file
 * @param knownHosts the file that holds the host's key
 * @param passphrase of the private key
 */
public record Ssh(
    String host,
    int port,
    String user,
    Path identity,
    Path knownHosts,
    SecretReference passphrase,
    Duration connectTimeout) {}
