# One temporary folder per script, and what must be stopped before it goes: at the end, after an error,
# on Ctrl-C.
# shellcheck shell=bash

work=
cleanup_actions=()

# Sets work to a new folder that others may pass through but not list.
make_work_folder() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/travaso-$1-XXXXXX")
  chmod 711 "$work"
  trap cleanup EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# Remembers a function call for the end; the last one remembered is run first.
at_exit() {
  cleanup_actions=("$*" ${cleanup_actions[@]+"${cleanup_actions[@]}"})
}

cleanup() {
  local status=$? action
  trap - EXIT
  trap '' INT TERM HUP
  for action in ${cleanup_actions[@]+"${cleanup_actions[@]}"}; do
    $action || printf 'could not clean up: %s\n' "$action" >&2
  done
  cd /
  rm -rf "$work"
  exit "$status"
}
