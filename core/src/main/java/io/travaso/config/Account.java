package io.travaso.config;

/** Who connects to a database for what its usual account may not do. */
public record Account(String user, SecretReference password) {}
