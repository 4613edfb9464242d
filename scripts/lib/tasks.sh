# The tables of tasks: the sample application, Travaso's commands beside the database's own clients.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154,SC2178  # the variables are those of bench

prepare_size() {
  copies=$work/copies
  rm -rf "$copies"
  server_folder "$copies"
  columns=()
  make_databases "$1"
  export_sql >"$work/export.sql"
  dry_run_sql "$copies" >"$work/dry_run.sql"
  merge_sql "$copies" >"$work/merge.sql"
  replace_sql "$copies" >"$work/replace.sql"
  rows=$(count_rows)
  fresh_prod
}

write_config() {
  sed -e "/@PROD_HOST@/d" -e "s|@DEV_URL@|$engine://studio@127.0.0.1:$port/dev|" \
    -e "s|@PROD_URL@|$engine://studio@127.0.0.1:$port/prod|" -e "s|@PROD_PASSWORD@|{env: PROD_DB_PASSWORD}|" \
    -e "s|@DEV_BACKUPS@|$work/backups|" -e "s|@PROD_BACKUPS@|$work/backups|" -e "s|@EXPORTS@|$work/exports|" \
    "$samples/sync.yaml" >"$work/sync.yaml"
  DEV_DB_PASSWORD=$(<"$work/dev.password")
  PROD_DB_PASSWORD=$DEV_DB_PASSWORD
  export DEV_DB_PASSWORD PROD_DB_PASSWORD
}

# The tasks: what Travaso runs. What the database alone needs is in lib/bare_*.sh.
ours() {
  local tool=("$root/scripts/sync") input=(--input "$work/dev.json")
  case $1 in
    export) tool+=(export --env dev --output "$work/dev.json") ;;
    dry-run) tool+=(import --env prod "${input[@]}" --dry-run) ;;
    merge) tool+=(import --env prod "${input[@]}" --no-backup --force) ;;
    replace) tool+=(import --env prod "${input[@]}" --full-replace --no-backup --force) ;;
    backup) tool+=(backup --env prod) ;;
  esac
  # It becomes the tool, so that its memory is what is measured.
  cd "$work" && exec "${tool[@]}" --config "$work/sync.yaml"
}

# repeat WHO TASK: sets took (median seconds) and top (largest peak, MiB).
repeat() {
  local times=() peaks=() i
  for ((i = 0; i < runs; i++)); do
    if [[ $2 == merge || $2 == replace ]]; then
      fresh_prod
    fi
    measure "$1" "$2"
    times+=("$seconds")
    peaks+=("$peak")
  done
  took=$(median "${times[@]}")
  top=$(largest "${peaks[@]}")
}

# The goals are for a million rows and more: below that, the start of Java is most of the time.
goal_of() {
  ((rows >= 1000000)) || return 0
  case $1 in
    export) printf 2.5 ;;
    dry-run | merge | replace) printf 1.3 ;;
  esac
}

run_task() {
  local task=$1 bare_took ours_took='' ours_peak='' ratio='' left goal rival_took=''
  goal=$(goal_of "$task")
  repeat bare "$task"
  bare_took=$took
  if $with_tool; then
    [[ $task != merge ]] || left=$(fingerprints)
    repeat ours "$task"
    ours_took=$took ours_peak=$top ratio=$(divide "$took" "$bare_took")
    if [[ $task == merge && $left != "$(fingerprints)" ]]; then
      die "at $rows rows the merge left other rows than the same merge as plain SQL" \
        "$(diff <(printf '%s\n' "$left") <(fingerprints) || :)"
    fi
  fi
  if rival_does "$task"; then
    [[ $task != replace ]] || left=$(fingerprints)
    fresh_prod
    measure rival "$task"
    rival_took=$seconds
    if [[ $task == replace && $left != "$(fingerprints)" ]]; then
      note "pt-table-sync left other rows than the source has: $(diff <(printf '%s\n' "$left") <(fingerprints) || :)"
    fi
  fi
  results+=("$rows|$task|$bare_took|$ours_took|$ratio|$goal|$ours_peak|$rival_took")
  print_row "${results[-1]}"
}

print_header() {
  local rival=''
  ! rival_does replace || rival='   pt-table-sync s   of ours'
  printf '%s%10s  %-8s %10s %10s %7s %6s %12s %10s%s%s\n' "$bold" rows task "bare s" "ours s" ratio goal \
    "ours rows/s" "peak MiB" "$rival" "$plain"
}

print_row() {
  local rows task bare ours ratio goal peak rival rate='' times=''
  IFS='|' read -r rows task bare ours ratio goal peak rival <<<"$1"
  [[ -z $ours ]] || rate=$(awk "BEGIN { printf \"%d\", $rows / $ours }")
  [[ -z $rival || -z $ours ]] || times=$(divide "$rival" "$ours")
  printf '%10s  %-8s %10s %10s %7s %6s %12s %10s' "$rows" "$task" "$bare" "${ours:--}" "${ratio:--}" \
    "${goal:+≤$goal}" "${rate:--}" "${peak:--}"
  [[ -z $rival ]] || printf ' %17s %9s' "$rival" "${times:--}"
  printf '\n'
}

measure_help() {
  local times=() i
  "$root/scripts/sync" --help >/dev/null
  for ((i = 0; i < runs; i++)); do
    measure "$root/scripts/sync" --help
    times+=("$seconds")
  done
  help_took=$(median "${times[@]}")
  say "sync --help: $help_took s (goal 0.35 s)"
}

write_json() {
  local rows task bare ours ratio goal peak rival separator=''
  {
    printf '{"runs":%s,"server":"%s","helpSeconds":%s,"results":[' "$runs" "$(server_version)" "${help_took:-null}"
    for result in "${results[@]}"; do
      IFS='|' read -r rows task bare ours ratio goal peak rival <<<"$result"
      printf '%s\n{"rows":%s,"task":"%s","bareSeconds":%s,"seconds":%s,"ratio":%s,"goal":%s,"peakMiB":%s,"ptTableSyncSeconds":%s}' \
        "$separator" "$rows" "$task" "$bare" "${ours:-null}" "${ratio:-null}" "${goal:-null}" "${peak:-null}" \
        "${rival:-null}"
      separator=,
    done
    printf '\n],"agreements":['
    separator=
    for result in ${agreements[@]+"${agreements[@]}"}; do
      IFS='|' read -r rows task ours bare ratio <<<"$result"
      printf '%s\n{"rows":%s,"task":"%s","withSeconds":%s,"withoutSeconds":%s,"ratio":%s}' "$separator" "$rows" "$task" \
        "$ours" "$bare" "$ratio"
      separator=,
    done
    printf '\n]}\n'
  } >"$json_file"
  note "figures written to $json_file"
}

measure_tasks() {
  if $with_tool; then
    write_config
    measure_help
  fi
  print_header
  for size in ${sizes//,/ }; do
    prepare_size "$size"
    for task in export dry-run merge replace backup; do
      run_task "$task"
    done
    if $with_tool; then
      measure_agreements
    fi
  done
  if [[ -n $json_file ]]; then
    write_json
  fi
}
