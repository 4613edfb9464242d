# The rows of the table of goals: what was measured, what it is compared with, and whether the goal is reached.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the variables are those of bench

# Between the fields of a row: what no name has.
fs=$'\x1f'
top_near=0
top_far=0
failures=0

# several PREPARE COMMAND...: sets took and took_cpu (medians), top and top_away (largest peaks, here and there).
# PREPARE is run before each; - is none.
several() {
  local prepare=$1 times=() cpus=() peaks=() aways=() i
  shift
  for ((i = 0; i < runs; i++)); do
    [[ $prepare == - ]] || $prepare
    far_peak >/dev/null
    measure "$@" || return 1
    times+=("$seconds")
    cpus+=("$cpu")
    peaks+=("$peak")
    aways+=("$(far_peak)")
  done
  took=$(median "${times[@]}")
  took_cpu=$(median "${cpus[@]}")
  top=$(largest "${peaks[@]}")
  top_away=$(largest "${aways[@]}")
}

# row_of WORK PREPARE COMMAND...: what Travaso does; `against` tells beside what.
row_of() {
  work_name=$1
  ours_took='' ours_cpu='' ours_near='' ours_far='' ours_parts=''
  wanted "$1" || return 0
  if ! several "${@:2}"; then
    failed "$1"
    return 0
  fi
  ours_took=$took ours_cpu=$took_cpu ours_near=$top ours_far=$top_away ours_parts=$cpu_parts
  top_near=$(largest "$top_near" "$top")
  top_far=$(largest "$top_far" "${top_away:-0}")
  printf '%s|%s|%s|%s|%s\n' "$work_name" "$rows" "$ours_took" "$ours_cpu" "${ours_far:-}" >>"$growth_file"
}

wanted() {
  [[ -z $only || $1 =~ $only ]]
}

failed() {
  failures=$((failures + 1))
  note "$1: failed: $({ grep -E 'ERROR|Caused by|failed' "$work/measured.log" || cat "$work/measured.log"; } | tail -n 3)"
}

# against NAME GOAL PREPARE COMMAND...: measures the other, and adds a row. GOAL - is none. Another tool that fails
# is told, and no failure of ours.
against() {
  [[ -n $ours_took ]] || return 0
  if ! $with_others; then
    row "$1" '' '' "$2"
  elif several "${@:3}"; then
    row "$1" "$took" "$took_cpu" "$2"
  else
    failed "$1"
    failures=$((failures - 1))
  fi
}

# again NAME GOAL TOOK CPU: the same with what was measured before.
again() {
  [[ -z $ours_took ]] || row "$1" "$3" "$4" "$2"
}

# alone GOAL UNIT: a row that is compared with nothing: its goal is a number of seconds.
alone() {
  local verdict
  [[ -n $ours_took ]] || return 0
  verdict=$(verdict "$ours_took" "$1")
  results+=("${engine}$fs${rows}$fs${work_name}$fs${ours_took}$fs${ours_cpu}$fs${ours_near}$fs${ours_far}$fs${fs}$fs${fs}$fs$fs$1 s$fs$verdict")
  print_goal "${results[-1]}"
}

# row NAME TOOK CPU GOAL
row() {
  local ratio='' cpu_ratio='' verdict='' goal=$4
  [[ $goal != - ]] || goal=
  if [[ -n $2 ]]; then
    ratio=$(divide "$ours_took" "$2")
    cpu_ratio=$(divide "$ours_cpu" "$3")
    # Below a million rows the start of Java is most of the time.
    [[ -z $goal ]] || ((rows < 1000000)) || verdict=$(verdict "$ratio" "$goal")
  fi
  results+=("${engine}$fs${rows}$fs${work_name}$fs${ours_took}$fs${ours_cpu}$fs${ours_near}$fs${ours_far}$fs${1}$fs${2}$fs${3}$fs${ratio}$fs${cpu_ratio}$fs${goal}$fs$verdict$fs$ours_parts")
  print_goal "${results[-1]}"
}

# figure WORK VALUE UNIT NAME OTHER RATIO GOAL: a row of something else than seconds.
figure() {
  local verdict=''
  [[ -z $6 || -z $7 ]] || verdict=$(verdict "$6" "$7")
  results+=("${engine}$fs${rows}$fs${1}$fs$2 ${3}$fs${fs}$fs$fs${4}$fs${5}$fs$fs${6}$fs$fs${7}$fs$verdict")
  print_goal "${results[-1]}"
}

verdict() {
  awk "BEGIN { print ($1 <= $2) ? \"yes\" : \"NO\" }"
}

print_goals_header() {
  printf '%s%-38s %10s %8s %5s %5s  %-30s %9s %8s %6s %6s %7s %s%s\n' "$bold" work "ours s" "cpu s" MiB there \
    beside "s" "cpu s" ratio "of cpu" goal reached "$plain"
}

print_goal() {
  local engine rows work_name ours cpu near far name other other_cpu ratio cpu_ratio goal verdict colour=''
  IFS=$fs read -r engine rows work_name ours cpu near far name other other_cpu ratio cpu_ratio goal verdict _ <<<"$1"
  [[ $verdict != yes ]] || colour=$green
  [[ $verdict != NO ]] || colour=$red
  printf '%-38s %10s %8s %5s %5s  %-30s %9s %8s %6s %6s %7s %s%s%s\n' "$work_name" "${ours:--}" "${cpu:--}" "${near:--}" \
    "${far:--}" "${name:--}" "${other:--}" "${other_cpu:--}" "${ratio:--}" "${cpu_ratio:--}" "${goal:+≤$goal}" \
    "$colour" "$verdict" "$plain"
}

# One JSON object a row, for json_file.
json_rows() {
  local engine rows work_name ours cpu near far name other other_cpu ratio cpu_ratio goal verdict parts result separator=''
  for result in ${results[@]+"${results[@]}"}; do
    IFS=$fs read -r engine rows work_name ours cpu near far name other other_cpu ratio cpu_ratio goal verdict parts <<<"$result"
    [[ $verdict != yes ]] || verdict=true
    [[ $verdict != NO ]] || verdict=false
    printf '%s\n{"engine":"%s","rows":%s,"work":"%s","value":"%s","cpuSeconds":%s,"peakMiB":%s,"farPeakMiB":%s,"beside":"%s","other":"%s","otherCpuSeconds":%s,"ratio":%s,"cpuRatio":%s,"goal":"%s","reached":%s,"cpuHereServerThere":[%s]}' \
      "$separator" "$engine" "$rows" "$work_name" "$ours" "${cpu:-null}" "${near:-null}" "${far:-null}" "$name" \
      "$other" "${other_cpu:-null}" "${ratio:-null}" "${cpu_ratio:-null}" "$goal" "${verdict:-null}" "${parts// /,}"
    separator=,
  done
}
