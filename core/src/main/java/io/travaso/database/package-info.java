/**
 * Everything SQL: connections, the catalog, bulk transfer in and out, and one {@code Dialect} an
 * engine, each in a subpackage of its own.
 */
@NullMarked
package io.travaso.database;

import org.jspecify.annotations.NullMarked;
