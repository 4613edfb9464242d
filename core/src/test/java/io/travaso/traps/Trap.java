package io.travaso.traps;

/**
 * A way rows get lost between two databases.
 *
 * @param elsewhere what a naive tool does
 * @param here what happens instead
 */
record Trap(String id, String title, String elsewhere, String here) {}
