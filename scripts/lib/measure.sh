# Time and peak memory of a command. Linux only: it reads /proc.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # work is set by cleanup.sh, the results are for the caller

LC_NUMERIC=C

# measure COMMAND...: sets seconds and peak (MiB of the process that the command becomes). The command's
# own output goes to $work/measured.log.
measure() {
  local start end pid sampler status=0
  start=$EPOCHREALTIME
  "$@" >"$work/measured.log" 2>&1 </dev/null &
  pid=$!
  sample_peak "$pid" >"$work/peak" &
  sampler=$!
  wait "$pid" || status=$?
  end=$EPOCHREALTIME
  wait "$sampler"
  ((status == 0)) || die "failed with $status: $*" "$(tail -n 20 "$work/measured.log")"
  seconds=$(awk "BEGIN { printf \"%.3f\", $end - $start }")
  peak=$(<"$work/peak")
}

# The kernel keeps the peak itself; what we may miss is the growth of the last few milliseconds.
sample_peak() {
  local key value kib=0
  while [[ -r /proc/$1/status ]]; do
    while read -r key value _; do
      if [[ $key == VmHWM: ]]; then
        kib=$value
        break
      fi
    done 2>/dev/null <"/proc/$1/status"
    sleep 0.03
  done 2>/dev/null
  printf '%s\n' $((kib / 1024))
}

# median NUMBER...
median() {
  printf '%s\n' "$@" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

# largest NUMBER...
largest() {
  printf '%s\n' "$@" | sort -n | tail -n 1
}
