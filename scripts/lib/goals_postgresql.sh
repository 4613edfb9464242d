# The office of the goals on PostgreSQL: its databases dev and prod, which start alike, and the bare limits that
# bare_postgresql.sh does not have.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the variables are those of bench

# office_databases ROWS
office_databases() {
  local file
  admin -d postgres -c 'DROP DATABASE IF EXISTS prod' -c 'DROP DATABASE IF EXISTS dev' -c 'CREATE DATABASE dev OWNER studio'
  for file in schema generate make_keys make_indexes; do
    sql dev "$port" -q -o /dev/null -v rows="$1" -f "$samples/bench/postgresql/$file.sql"
  done
  admin -d dev -c 'VACUUM ANALYZE'
  admin -d postgres -c 'CREATE DATABASE prod TEMPLATE dev OWNER studio' -c CHECKPOINT
}

watch_servers() {
  watched_pids=("$(head -n 1 "$work/pg-dev/data/postmaster.pid")" "$(<"$work/ssh-far-$engine/pid")")
}

# settle DATABASE: what was written before shall not be paid for by what comes next.
settle() {
  admin -d "$1" -c 'VACUUM ANALYZE office_customer' -c 'VACUUM ANALYZE office_invoice' -c CHECKPOINT
}

office_replace_sql() {
  replace_sql "$copies"
}

remake_sql() {
  printf 'BEGIN;\n'
  cat "$samples/bench/postgresql/drop_indexes.sql"
  printf 'TRUNCATE office_customer, office_invoice;\n'
  each_table load_table
  cat "$samples/bench/postgresql/make_keys.sql" "$samples/bench/postgresql/make_indexes.sql"
  printf 'COMMIT;\n'
}

# limit TASK: becomes the client that does the bare work.
limit() {
  case $1 in
    copy) exec_sql dev -q -o "$work/all.copy" -c 'COPY office_customer TO STDOUT' -c 'COPY office_invoice TO STDOUT' ;;
    remake) exec_sql prod -q -f "$work/remake.sql" ;;
    *) bare "$1" ;;
  esac
}

# fingerprint DATABASE: equal for equal rows.
fingerprint() {
  each_table fingerprint_table | sql "$1" "$port" -At -f -
}

copy_name='COPY of everything'
ordered_copy_name='COPY, ORDER BY key'
load_name='TRUNCATE + COPY'

# Everything into an empty copy, the usual way.
dump_and_load() {
  { printf 'BEGIN; TRUNCATE office_customer, office_invoice;\n' &&
    PGPASSFILE=$work/pgpass "$pg_bin/pg_dump" -w -h 127.0.0.1 -p "$port" -U studio --data-only -t 'office_*' dev &&
    printf 'COMMIT;\n'; } | sql prod "$port" -q -o /dev/null
}

dump_name='pg_dump | psql'
jdbc() {
  printf 'jdbc:postgresql://127.0.0.1:%s/%s' "$port" "$1"
}
