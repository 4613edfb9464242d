# The bare limits of PostgreSQL, and its server for the benchmark. Functions whose names end in _sql print a
# script for psql.
# shellcheck shell=bash
# shellcheck disable=SC2001,SC2154  # the variables are those of bench

# read_columns NAME PORT
read_columns() {
  local table
  for table in "${tables[@]}"; do
    columns+=("$table:$(sql "$1" "$2" -At -c "
      SELECT string_agg(attname || CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE contype = 'f'
          AND conrelid = attrelid AND conkey = ARRAY[attnum]
          AND confrelid IN (to_regclass('auth_user'), to_regclass('django_content_type'))) THEN '+' ELSE '' END,
        ',' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = '$table'::regclass AND attnum > 1 AND NOT attisdropped")")
  done
}

export_sql() {
  local table
  printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'
  for table in "${tables[@]}"; do
    printf 'COPY (SELECT * FROM %s ORDER BY id) TO STDOUT;\n' "$table"
  done
}

# mapped_export_sql FOLDER: dev's rows with prod's user ids, one file a table; the input of the others.
mapped_export_sql() {
  local entry
  for entry in "${columns[@]}"; do
    printf '\\copy (SELECT id,%s FROM %s ORDER BY id) TO %s/%s\n' \
      "$(sed 's/\([a-z_]*\)+/\1+3/g' <<<"${entry#*:}")" "${entry%%:*}" "$1" "${entry%%:*}"
  done
}

stage_table() {
  printf 'CREATE TEMP TABLE s_%s (LIKE %s) ON COMMIT DROP;\n' "$1" "$1"
  printf '\\copy s_%s FROM %s/%s\n' "$1" "$copies" "$1"
  printf 'ANALYZE s_%s;\n' "$1"
}

join_condition() {
  if is_join_table "$1"; then
    printf '(%s) = (%s)' "$3" "$4"
  else
    printf 't.id = s.id'
  fi
}

diff_table() {
  local on changed=false
  on=$(join_condition "$@")
  is_join_table "$1" || changed="(t.id IS NOT NULL AND ($3) IS DISTINCT FROM ($4))"
  printf 'SELECT count(*) FILTER (WHERE t.id IS NULL), count(*) FILTER (WHERE %s) FROM s_%s s LEFT JOIN %s t ON %s;\n' \
    "$changed" "$1" "$1" "$on"
  printf 'SELECT count(*) FROM %s t WHERE NOT EXISTS (SELECT FROM s_%s s WHERE %s);\n' "$1" "$1" "$on"
}

merge_table() {
  if is_join_table "$1"; then
    printf 'INSERT INTO %s (%s) SELECT %s FROM s_%s s WHERE NOT EXISTS (SELECT FROM %s t WHERE %s);\n' \
      "$1" "$2" "$4" "$1" "$1" "$(join_condition "$@")"
  else
    printf 'UPDATE %s t SET (%s) = ROW(%s) FROM s_%s s WHERE t.id = s.id AND (%s) IS DISTINCT FROM (%s);\n' \
      "$1" "$2" "$4" "$1" "$3" "$4"
    printf 'INSERT INTO %s (id,%s) SELECT s.id,%s FROM s_%s s WHERE NOT EXISTS (SELECT FROM %s t WHERE t.id = s.id);\n' \
      "$1" "$2" "$4" "$1" "$1"
  fi
}

load_table() {
  printf '\\copy %s FROM %s/%s\n' "$1" "$copies" "$1"
}

# dry_run_sql FOLDER, merge_sql FOLDER, replace_sql FOLDER: from the files of mapped_export_sql.
dry_run_sql() {
  local copies=$1
  printf 'BEGIN;\n'
  each_table stage_table
  each_table diff_table
  printf 'ROLLBACK;\n'
}

merge_sql() {
  local copies=$1
  printf 'BEGIN;\n'
  each_table stage_table
  each_table merge_table
  printf 'COMMIT;\n'
}

replace_sql() {
  local copies=$1 list
  list=$(printf ', %s' "${tables[@]}")
  printf 'BEGIN;\nTRUNCATE %s;\n' "${list#, }"
  each_table load_table
  printf 'COMMIT;\n'
}

# One line a table that is equal for equal rows, whatever ids the join rows have.
fingerprint_table() {
  local key=t.id,
  is_join_table "$1" && key=
  printf "SELECT '%s', count(*), sum(hashtextextended(ROW(%s%s)::text, 0)) FROM %s t;\n" "$1" "$key" "$3" "$1"
}

# The server, and the databases dev, prod and prod_base on it.
server_version() {
  printf 'PostgreSQL %s' "$("$pg_bin/postgres" --version | sed 's/[^0-9]*//')"
}

find_server() {
  find_postgres || die "PostgreSQL is not installed" "apt-get install postgresql"
}

start_server() {
  start_postgres dev "$port" max_wal_size=8GB checkpoint_timeout=1h
}

admin() {
  PGOPTIONS='-c client_min_messages=warning' \
    "$pg_bin/psql" -Xq -v ON_ERROR_STOP=1 -h "$work/pg-dev" -p "$port" -U postgres "$@"
}

# fresh_prod: the database prod as it was before any run.
fresh_prod() {
  admin -d postgres -c 'DROP DATABASE IF EXISTS prod' -c 'CREATE DATABASE prod TEMPLATE prod_base OWNER studio' \
    -c CHECKPOINT
}

# make_databases ROWS
make_databases() {
  admin -d postgres -c 'DROP DATABASE IF EXISTS prod' -c 'DROP DATABASE IF EXISTS prod_base' \
    -c 'DROP DATABASE IF EXISTS dev' -c 'CREATE DATABASE dev OWNER studio' -c 'CREATE DATABASE prod_base OWNER studio'
  load_sample postgresql dev "$port" "$1" 0 edit_dev
  load_sample postgresql prod_base "$port" "$1" 3 edit_prod
  admin -d dev -c 'VACUUM ANALYZE'
  admin -d prod_base -c 'VACUUM ANALYZE'
  read_columns dev "$port"
  mapped_export_sql "$copies" | sql dev "$port" -q -f -
}

count_rows() {
  cat "$copies"/* | wc -l
}

bare() {
  case $1 in
    export) exec_sql dev -q -o "$work/export.copy" -f "$work/export.sql" ;;
    dry-run) exec_sql prod -q -f "$work/dry_run.sql" ;;
    merge) exec_sql prod -q -f "$work/merge.sql" ;;
    replace) exec_sql prod -q -f "$work/replace.sql" ;;
    backup) PGPASSFILE=$work/pgpass exec "$pg_bin/pg_dump" -w -Fc -h 127.0.0.1 -p "$port" -U studio -f "$work/prod.dump" prod ;;
  esac
}

# Like sql, but becomes psql, so that its memory is what is measured.
exec_sql() {
  PGPASSFILE=$work/pgpass exec "$pg_bin/psql" -X -w -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U studio -d "$1" "${@:2}"
}

fingerprints() {
  each_table fingerprint_table | sql prod "$port" -At -f -
}

# No other tool is measured on PostgreSQL.
rival_does() {
  false
}
