package io.travaso.property;

/** Where rows are. */
enum Side {
  SOURCE,
  TARGET
}
