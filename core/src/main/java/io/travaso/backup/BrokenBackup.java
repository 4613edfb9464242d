package io.travaso.backup;

/** A backup that can't be used any more. */
public record BrokenBackup(String name, String why) {}
