# What it costs that both sides remember what they agreed on, and merge by it: the commands a user types, with a
# base and without. Measured on what Travaso does alone, for no client of a database has anything like it.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the variables are those of bench

# between ARGUMENTS: a sync from dev to prod.
between() {
  cd "$work" && exec "$root/scripts/sync" dev-to-prod "$@" --config "$work/sync.yaml"
}

# What dev and prod change after they agreed: 1 % of dev's rows, and others in prod.
edit_again() {
  { sed '/^INSERT INTO\|^SET @n/,$d' "$samples/$engine/edit_dev.sql" && printf 'COMMIT;\n'; } >"$work/edits.sql"
  "${engine}_run" dev "$port" "$work/edits.sql"
  printf "UPDATE pratiche_praticanota SET testo = CONCAT(testo, ' Visto.') WHERE id %% 1000 = 7;\n" >"$work/edits.sql"
  "${engine}_run" prod "$port" "$work/edits.sql"
}

ledger() {
  case $engine in
    postgresql) printf 'travaso.%s' "$1" ;;
    mariadb) printf 'travaso_%s' "$1" ;;
  esac
}

# forget, remember: as if both had never agreed, and as they did.
forget() {
  "${engine}_values" prod "$port" "UPDATE $(ledger agreement) SET run = CONCAT('x', run)"
}

remember() {
  "${engine}_values" prod "$port" "UPDATE $(ledger agreement) SET run = SUBSTR(run, 2)"
}

# How many bytes the base has on disk, with its indexes.
base_bytes() {
  case $engine in
    postgresql) postgresql_values "$1" "$port" "SELECT pg_total_relation_size('travaso.base')" ;;
    mariadb)
      mariadb_values "$1" "$port" "ANALYZE TABLE travaso_base" >/dev/null
      mariadb_values "$1" "$port" "SELECT data_length + index_length FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = 'travaso_base'"
      ;;
  esac
}

# often ARGUMENTS: sets took, the median of a command that changes nothing.
often() {
  local times=() i
  for ((i = 0; i < runs; i++)); do
    measure between "$@"
    times+=("$seconds")
  done
  took=$(median "${times[@]}")
}

# imported: sets took, an export and an import, of which nobody remembers anything; Java starts once too often.
imported() {
  local export_took
  measure ours export
  export_took=$seconds
  measure ours merge
  took=$(awk "BEGIN { printf \"%.3f\", $export_took + $seconds - $help_took }")
}

# beside NAME WITH WITHOUT [GOAL]
beside() {
  local ratio goal=''
  ratio=$(divide "$2" "$3")
  [[ -z ${4:-} ]] || ((rows < 1000000)) || goal="(≤$4)"
  printf '%10s  %-34s %10s %10s %7s %s\n' "$rows" "$1" "$2" "$3" "$ratio" "$goal"
  agreements+=("$rows|$1|$2|$3|$ratio")
}

measure_agreements() {
  local with without first
  printf '%s%10s  %-34s %10s %10s %7s%s\n' "$bold" rows 'what is remembered' 'with s' 'without s' ratio "$plain"
  fresh_prod
  imported
  without=$took
  fresh_prod
  measure between --no-backup --force
  beside "merge, first agreement" "$seconds" "$without"
  first=$(base_bytes prod)
  edit_again
  often --dry-run
  with=$took
  forget
  often --dry-run
  beside "dry run" "$with" "$took" 1.3
  remember
  measure between --no-backup --force
  with=$seconds
  edit_again
  imported
  beside "merge, later agreement" "$with" "$took" 1.3
  printf '%10s  %s bytes a row of the base in prod, %s in dev; %s after a later agreement\n' "$rows" \
    "$(divide "$first" "$rows")" "$(divide "$(base_bytes dev)" "$rows")" "$(divide "$(base_bytes prod)" "$rows")"
}
