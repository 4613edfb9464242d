# The office of the goals on MariaDB: its databases dev and prod, which start alike, and the bare limits that
# bare_mariadb.sh does not have.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the variables are those of bench

# office_databases ROWS
office_databases() {
  local database
  for database in dev prod; do
    admin mysql -e "DROP DATABASE $database; CREATE DATABASE $database"
    maria "$database" "$port" <"$samples/bench/mariadb/schema.sql"
    maria "$database" "$port" "--init-command=SET @rows = $1" <"$samples/bench/mariadb/generate.sql"
    maria "$database" "$port" <"$samples/bench/mariadb/make_indexes.sql"
    settle "$database"
  done
}

watch_servers() {
  watched_pids=("$(<"$work/mariadb-dev/pid")" "$(<"$work/ssh-far-$engine/pid")")
}

settle() {
  admin "$1" -e 'ANALYZE TABLE office_customer, office_invoice' >/dev/null
}

# Foreign keys hold while rows come; only for TRUNCATE, which MariaDB refuses otherwise, they do not.
office_replace_sql() {
  printf 'SET foreign_key_checks = 0;\nTRUNCATE TABLE office_invoice;\nTRUNCATE TABLE office_customer;\n'
  printf 'SET foreign_key_checks = 1;\nSTART TRANSACTION;\n'
  each_table load_table
  printf 'COMMIT;\n'
}

remake_sql() {
  cat "$samples/bench/mariadb/drop_indexes.sql"
  printf 'TRUNCATE TABLE office_invoice;\nTRUNCATE TABLE office_customer;\nSTART TRANSACTION;\n'
  each_table load_table
  printf 'COMMIT;\n'
  cat "$samples/bench/mariadb/make_indexes.sql"
}

# limit TASK: becomes the client that does the bare work.
limit() {
  case $1 in
    copy)
      printf 'SELECT * FROM office_customer;\nSELECT * FROM office_invoice;\n' >"$work/copy.sql"
      exec_sql dev "$work/copy.sql" --quick --batch
      ;;
    remake) exec_sql prod "$work/remake.sql" ;;
    *) bare "$1" ;;
  esac
}

# fingerprint DATABASE: equal for equal rows.
fingerprint() {
  each_table fingerprint_table | mariadb "--defaults-file=$work/prod.cnf" -BN "$1"
}

copy_name='SELECT of everything'
ordered_copy_name='SELECT, ORDER BY key'
load_name='TRUNCATE + LOAD DATA'
rival_source=dev

# Everything into an empty copy, the usual way.
dump_and_load() {
  { printf 'SET foreign_key_checks = 0; TRUNCATE TABLE office_invoice; TRUNCATE TABLE office_customer;\n' &&
    mariadb-dump "--defaults-file=$work/dev.cnf" --single-transaction --no-create-info --hex-blob dev \
      office_customer office_invoice; } | maria prod "$port"
}

dump_name='mariadb-dump | mariadb'
jdbc() {
  printf 'jdbc:mariadb://127.0.0.1:%s/%s' "$port" "$1"
}
