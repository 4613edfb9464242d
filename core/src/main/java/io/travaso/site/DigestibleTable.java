package io.travaso.site;

/**
 * What a site says of a table's digests.
 *
 * @param table its id
 * @param word how they are made there; empty where the rows can't be told by digests
 * @param continues whether all of its rows are remembered from the last agreement, so that only
 *     what changed since needs to be
 */
public record DigestibleTable(String table, String word, boolean continues) {}
