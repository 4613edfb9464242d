package io.travaso.keys;

/** A row's key, and the one it gets instead. */
public record FreshKey(long old, long fresh) {}
