# Time, processor time and peak memory of a command. Linux only: it reads /proc.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # work is set by cleanup.sh, the results are for the caller

LC_NUMERIC=C
tolerant=false
ends_measured=false
measuring=()
watched_pids=()
exec {never}<> <(:)

# measure COMMAND...: sets seconds, cpu (user + system: of the command, and of the servers in watched_pids with
# their children meanwhile), cpu_parts (the same one by one, divided by spaces) and peak (MiB of the process that the command becomes). The command's own output goes
# to $work/measured.log. One that fails ends the script, or, if tolerant, only the measurement: with status 1.
measure() {
  local start end pid sampler status=0 ticks
  rm -f "$work/measured.pid"
  if ! $ends_measured; then
    at_exit end_measured
    ends_measured=true
  fi
  ticks=$(watched_ticks)
  start=$EPOCHREALTIME
  timed "$@" >"$work/measured.log" 2>"$work/measured.err" </dev/null &
  pid=$!
  sample_peak "$work/measured.pid" "$pid" >"$work/peak" &
  sampler=$!
  measuring=("$pid" "$sampler")
  wait "$pid" || status=$?
  end=$EPOCHREALTIME
  wait "$sampler"
  # What a server's process for us took is with that process until it is gone, then with its parent.
  sleep 0.3
  ticks="$ticks $(watched_ticks)"
  cat "$work/measured.err" >>"$work/measured.log"
  if ((status)); then
    $tolerant || die "failed with $status: $*" "$(tail -n 20 "$work/measured.log")"
    return 1
  fi
  seconds=$(awk "BEGIN { printf \"%.3f\", $end - $start }")
  cpu_parts=$(cpu_seconds "$ticks")
  cpu=$(awk '{ for (i = 1; i <= NF; i++) sum += $i; printf "%.2f", sum }' <<<"$cpu_parts")
  peak=$(<"$work/peak")
}

# Ends what is being measured, when the script is stopped meanwhile.
end_measured() {
  local pid
  read -r pid 2>/dev/null <"$work/measured.pid" || return 0
  ! kill "$pid" 2>/dev/null || wait "${measuring[@]}"
}

# Runs a command as a child, and writes down which, and what processor time it and its own children took.
timed() {
  local status=0
  "$@" <&0 &
  printf '%s\n' $! >"$work/measured.pid"
  wait $! || status=$?
  # Its first line is what this shell took itself.
  times >"$work/measured.times"
  tail -n 1 "$work/measured.times" >"$work/measured.cpu"
  return "$status"
}

# cpu_seconds TICKS: what the command took, then each of the servers: TICKS are theirs before, and theirs after.
cpu_seconds() {
  # Of "1m2.345s 0m1.000s".
  awk -v ticks="$1" -F '[ms ]+' '{
    printf "%.2f", ($1 + $3) * 60 + $2 + $4
    n = split(ticks, t, " ") / 2
    for (i = 1; i <= n; i++) printf " %.2f", (t[n + i] - t[i]) / 100
  }' "$work/measured.cpu"
}

# Processor time of each server with all its descendants, in hundredths of a second: Linux's tick for programs.
watched_ticks() {
  local sum pid
  for pid in ${watched_pids[@]+"${watched_pids[@]}"}; do
    sum=0
    add_ticks "$pid"
    printf '%s ' "$sum"
  done
}

# What children took is added when they are gone and their parent has heard of it; until then they are listed.
add_ticks() {
  local line child fields
  read -r line <"/proc/$1/stat" || return 0
  read -ra fields <<<"${line##*) }"
  sum=$((sum + fields[11] + fields[12] + fields[13] + fields[14]))
  read -rd '' -a fields < <(cat "/proc/$1/task/"*/children) || :
  local children=(${fields[@]+"${fields[@]}"})
  for child in ${children[@]+"${children[@]}"}; do
    add_ticks "$child"
  done
} 2>/dev/null

# sample_peak FILE PID: the peak of the process that FILE names, until PID ends. The kernel keeps the peak itself;
# what we may miss is the growth of the last few milliseconds.
sample_peak() {
  local key value kib=0 pid=
  while [[ -r /proc/$2/status ]]; do
    [[ -n $pid ]] || read -r pid <"$1" || pid=
    while [[ -n $pid ]] && read -r key value _; do
      if [[ $key == VmHWM: ]]; then
        kib=$value
        break
      fi
    done <"/proc/$pid/status"
    read -rt 0.03 -u "$never" || :
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

divide() {
  awk "BEGIN { printf \"%.2f\", $1 / ($2 > 0 ? $2 : 0.001) }"
}
