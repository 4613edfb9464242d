# The goals, each beside what the database itself needs, as whole processes in one run: a sync over SSH, with the
# far side's own program there, export, import, full replace; then what other tools need for the like.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the variables are those of bench

# shellcheck source=lib/far.sh
source "$root/scripts/lib/far.sh"
# shellcheck source=lib/goal_rows.sh
source "$root/scripts/lib/goal_rows.sh"
# shellcheck source=lib/peers.sh
source "$root/scripts/lib/peers.sh"
# shellcheck source=lib/growth.sh
source "$root/scripts/lib/growth.sh"

with_others=true
edits=0

# edit DATABASE WHICH: new texts in the rows of both tables: scattered (every hundredth), block (a hundredth of
# the keys in a row), or all.
edit() {
  local customers=$((rows / 5)) invoices=$((rows - rows / 5))
  edits=$((edits + 1))
  {
    printf "UPDATE office_customer SET name = CONCAT('Customer ', id, ', edit %s') WHERE %s;\n" "$edits" \
      "$(chosen "$2" "$customers")"
    printf "UPDATE office_invoice SET subject = CONCAT('Subject of ', id, ', edit %s'), net = net + 0.01 WHERE %s;\n" \
      "$edits" "$(chosen "$2" "$invoices")"
  } >"$work/edits.sql"
  "${engine}_run" "$1" "$port" "$work/edits.sql"
  settle "$1"
}

chosen() {
  case $1 in
    scattered) printf 'id %% 100 = 50' ;;
    block) printf 'id > %s AND id <= %s' $(($2 * 2 / 5)) $(($2 * 2 / 5 + $2 / 100)) ;;
    all) printf 'id > 0' ;;
  esac
}

travaso() {
  cd "$work" && exec "$root/scripts/sync" "$@"
}

over_ssh() {
  travaso dev-to-prod --json --config "$work/ssh.yaml" "$@"
}

merged() {
  over_ssh --no-backup --force "$@"
}

imported_here() {
  travaso import --env prod --input "$work/dev.json.zst" --config "$work/local.yaml" "$@"
}

# alike WORK: prod must hold dev's rows now, so that no one is fast by leaving rows out.
alike() {
  [[ -n $ours_took ]] || return 0
  if [[ $(fingerprint dev) != "$(fingerprint prod)" ]]; then
    failures=$((failures + 1))
    note "$1: prod differs from dev: $(diff <(fingerprint dev) <(fingerprint prod) || :)"
  fi
}

# alike_or_told NAME: the same of another tool, whose fault it is not ours to count.
alike_or_told() {
  if [[ $(fingerprint dev) != "$(fingerprint prod)" ]]; then
    note "$1 left other rows than dev has."
  fi
}

# Both sides forget that they agreed before, if they did.
forget_first() {
  edit dev scattered
  ! ${agreed:-false} || forget
  agreed=true
}

# Bytes that went over the wire in the sync measured last, as it reports them itself; empty if it does not.
wire_bytes() {
  tr -d ' \n' <"$work/measured.log" |
    sed -nE 's/.*"wire":\{"sentBytes":([0-9]+),"receivedBytes":([0-9]+).*/\1 \2/p' | awk '{ print $1 + $2 }'
}

# The everyday sync. With a baseline, but for the first one.
measure_syncs() {
  row_of 'first sync, 1 % changed' forget_first merged
  against "$copy_name" - - limit copy
  alike 'first sync'
  local copy_took=${took:-} copy_cpu=${took_cpu:-}
  row_of 'dry run over SSH, nothing changed' - over_ssh --dry-run
  again "$copy_name" - "$copy_took" "$copy_cpu"
  row_of 'sync, nothing changed' - merged
  against "$copy_name" 1.0 - limit copy
  rival_row 0.3 replace
  row_of 'sync, 1 % changed, scattered' 'edit dev scattered' merged
  wire=$(wire_bytes)
  against "$copy_name" 1.5 - limit copy
  copy_took=${took:-} copy_cpu=${took_cpu:-}
  alike 'sync, 1 % changed, scattered'
  row_of 'sync, 1 % changed, one block' 'edit dev block' merged
  block_wire=$(wire_bytes)
  against "$copy_name" 1.5 - limit copy
  alike 'sync, 1 % changed, one block'
  edit dev scattered
  row_of 'dry run over SSH, 1 % changed' - over_ssh --dry-run
  again "$copy_name" - "$copy_took" "$copy_cpu"
  rival_row 0.6 dry-run
  row_of 'full replace over SSH, 1 % differs' 'edit prod scattered' merged --full-replace
  against "$dump_name" - - dump_and_load
  alike 'full replace over SSH'
}

# rival_row GOAL TASK: pt-table-sync, where it is.
rival_row() {
  if $with_others && rival_does "$2"; then
    against "pt-table-sync ${3:-$([[ $2 == replace ]] && printf -- --execute || printf -- --print)}" "$1" - rival "$2"
  fi
}

measure_export() {
  local bytes
  export_sql >"$work/export.sql"
  row_of 'export of everything' - travaso export --env dev --output "$work/dev.json.zst" --config "$work/local.yaml"
  against "$ordered_copy_name" 1.4 - bare export
  [[ -e $work/dev.json.zst ]] || return 0
  bytes=$(stat -c %s "$work/dev.json.zst")
  wire_row 'bytes on the wire, 1 % scattered' "${wire:-}" "$bytes"
  wire_row 'bytes on the wire, 1 % in a block' "${block_wire:-}" "$bytes"
}

# wire_row WORK BYTES OF
wire_row() {
  wanted "$1" || return 0
  figure "$1" "${2:--}" B 'the full fixture, zstd' "$3" "${2:+$(divide "$2" "$3")}" 0.04
}

# What the bare limits read: dev's rows, as the fixture has them.
prepare_copies() {
  copies=$work/copies
  rm -rf "$copies"
  server_folder "$copies"
  if [[ $engine == mariadb ]]; then
    mapped_export_sql "$copies" | admin dev
  else
    mapped_export_sql "$copies" | sql dev "$port" -q -f -
  fi
  dry_run_sql "$copies" >"$work/dry_run.sql"
  merge_sql "$copies" >"$work/merge.sql"
  office_replace_sql >"$work/replace.sql"
  remake_sql >"$work/remake.sql"
}

measure_imports() {
  [[ -e $work/dev.json.zst ]] || return 0
  prepare_copies
  edit prod scattered
  row_of 'dry run of import, 1 % changed' - imported_here --dry-run
  against 'full join, plain SQL' 0.5 - bare dry-run
  row_of 'import, 1 % changed' 'edit prod scattered' imported_here --no-backup --force
  alike 'import'
  against 'merge by temporary tables' 0.6 'edit prod scattered' bare merge
  row_of 'full replace, 1 % differs' 'edit prod scattered' imported_here --no-backup --force --full-replace
  alike 'full replace, 1 % differs'
  against "$load_name" 0.25 'edit prod scattered' bare replace
  measure_replace_all
}

measure_replace_all() {
  local name=$load_name better better_cpu
  row_of 'full replace, everything different' 'edit prod all' imported_here --no-backup --force --full-replace
  alike 'full replace, everything different'
  [[ -n $ours_took ]] || return 0
  if ! $with_others; then
    again "$load_name" 1.3 '' ''
    return
  fi
  several 'edit prod all' bare replace || { failed "$load_name" && return; }
  better=$took better_cpu=$took_cpu
  several 'edit prod all' limit remake || { failed 'indexes re-made' && return; }
  if [[ $(verdict "$took" "$better") == yes ]]; then
    name+=', indexes re-made' better=$took better_cpu=$took_cpu
  fi
  again "$name" 1.3 "$better" "$better_cpu"
}

measure_start() {
  travaso_once=$("$root/scripts/sync" --help)
  await_archive
  row_of '--help' - travaso --help
  alone 0.25
  row_of 'smallest real command: history' - travaso history --env dev --config "$work/local.yaml"
  alone 0.5
}

# The class-data archive is made after the first command, and would be made beside those that are measured.
await_archive() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/travaso seconds
  for ((seconds = 0; seconds < 60; seconds++)); do
    [[ -n $(find "$cache" -name '*.making' 2>/dev/null) ]] || return 0
    sleep 1
  done
}

memory_rows() {
  ((top_near > 0)) || return 0
  figure 'peak memory, here' "$top_near" MiB - '' "$top_near" 128
  ((top_far == 0)) || figure 'peak memory, sync site there' "$top_far" MiB - '' "$top_far" 128
}

# office_of ROWS: both databases, and the far side's program as new as ours.
office_of() {
  rows=$1
  edits=0 agreed=false top_near=0 top_far=0 columns=() tables=(office_customer office_invoice)
  office_databases "$rows"
  read_columns_of_office
  watch_servers
  deploy_far
}

read_columns_of_office() {
  if [[ $engine == mariadb ]]; then
    read_columns "$port"
  else
    read_columns dev "$port"
  fi
}

measure_goals() {
  rm -f "$work/dev.json.zst"
  measure_syncs
  measure_export
  measure_imports
  memory_rows
}

# All that was asked for, of one engine after the other.
measure_engines() {
  local each
  tolerant=true
  for each in ${engines//,/ }; do
    begin "$each"
    # shellcheck source=lib/goals_postgresql.sh
    source "$root/scripts/lib/goals_$engine.sh"
    growth_file=$work/growth-$engine
    : >"$growth_file"
    start_far
    goals_of_engine
  done
  [[ -z $json_file ]] || goals_json >"$json_file"
  ((failures == 0)) || die "$failures measurements failed"
}

goals_of_engine() {
  local size
  if [[ $mode == goals ]]; then
    print_goals_header
    if $with_peers; then
      for size in 10000 100000; do
        ((size > sizes)) || peers_at "$size"
      done
    fi
    office_of "$sizes"
    measure_start
    measure_goals
  fi
  [[ -n $growth ]] || return 0
  : >"$growth_file"
  with_others=false
  print_goals_header
  for size in ${growth//,/ }; do
    say "$size rows"
    office_of "$size"
    measure_goals
  done
  with_others=true
  print_growth "$growth_file"
}

peers_at() {
  office_of "$1"
  measure_peers
}

goals_json() {
  local each separator=''
  printf '{"runs":%s,"cores":%s,"results":[' "$runs" "$(nproc)"
  json_rows
  printf '\n],"growth":{'
  for each in ${engines//,/ }; do
    printf '%s\n"%s":[' "$separator" "$each"
    [[ -z $growth ]] || growth_json "$work/growth-$each"
    printf ']'
    separator=,
  done
  printf '}}\n'
}
