#!/bin/sh
# The name this had before; the same as: sync rollback-last-sync
#
#   rollback_last_sync.sh --help

set -eu

self=$0
if [ -L "$self" ]; then
  self=$(readlink -f "$self")
fi
here=$(dirname "$self")
for launcher in "$here/sync" "$here/travaso"; do
  if [ -x "$launcher" ]; then
    exec "$launcher" rollback-last-sync "$@"
  fi
done
printf '%s: the launcher sync is not beside it in %s\n' "${0##*/}" "$here" >&2
exit 2
