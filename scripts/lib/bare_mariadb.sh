# The bare limits of MariaDB, its server for the benchmark, and pt-table-sync. Functions whose names end in _sql
# print a script for the client.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the variables are those of bench

read_columns() {
  local table
  for table in "${tables[@]}"; do
    columns+=("$table:$(mariadb_values dev "$1" "
      SELECT GROUP_CONCAT(column_name, IF(EXISTS (SELECT 1 FROM information_schema.key_column_usage k
            WHERE k.table_schema = c.table_schema AND k.table_name = c.table_name
            AND k.column_name = c.column_name AND k.referenced_table_name IN ('auth_user', 'django_content_type')),
          '+', ''), IF(character_set_name IS NULL, '', '*'), IF(data_type LIKE '%blob', '#', '') ORDER BY ordinal_position)
      FROM information_schema.columns c
      WHERE table_schema = DATABASE() AND table_name = '$table' AND ordinal_position > 1")")
  done
}

export_sql() {
  local table
  printf 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nSTART TRANSACTION WITH CONSISTENT SNAPSHOT;\n'
  for table in "${tables[@]}"; do
    printf 'SELECT * FROM %s ORDER BY id;\n' "$table"
  done
}

# mapped_export_sql FOLDER: dev's rows with prod's user ids, one file a table; the input of the others.
mapped_export_sql() {
  local entry name list column
  for entry in "${columns[@]}"; do
    name=${entry%%:*} list=id
    ! is_join_table "$name" || list=id+3
    entry=${entry#*:}
    for column in ${entry//,/ }; do
      case $column in
        *+) list+=,${column}3 ;;
        *'#') list+=",HEX(${column%#})" ;;
        *) list+=,${column%\*} ;;
      esac
    done
    printf "SELECT %s INTO OUTFILE '%s/%s' FROM %s ORDER BY id;\n" "$list" "$1" "$name" "$name"
  done
}

# load_into TABLE INTO COLUMNS: the columns with their marks.
load_into() {
  local column list=id set=''
  for column in ${3//,/ }; do
    if [[ $column == *'#' ]]; then
      list+=,@${column%#}
      set+=" SET ${column%#} = UNHEX(@${column%#})"
    else
      list+=,${column%[+*]}
    fi
  done
  printf "LOAD DATA LOCAL INFILE '%s/%s' INTO TABLE %s CHARACTER SET utf8mb4 (%s)%s;\n" \
    "$copies" "$1" "$2" "$list" "$set"
}

stage_table() {
  local key='PRIMARY KEY (id)'
  ! is_join_table "$1" || key="PRIMARY KEY ($2)"
  printf 'CREATE TEMPORARY TABLE s_%s (%s) AS SELECT * FROM %s LIMIT 0;\n' "$1" "$key" "$1"
  load_into "$1" "s_$1" "$5"
}

join_condition() {
  if is_join_table "$1"; then
    printf 't.%s = s.%s AND t.%s = s.%s' "${2%,*}" "${2%,*}" "${2#*,}" "${2#*,}"
  else
    printf 't.id = s.id'
  fi
}

# Text to the letter, whatever its collation takes for equal.
same_row() {
  local column binary all=''
  for column in ${1//,/ }; do
    binary=
    [[ $column != *\* ]] || binary='BINARY '
    column=${column%[+*#]}
    all+=" AND ${binary}t.$column <=> ${binary}s.$column"
  done
  printf '%s' "${all# AND }"
}

diff_table() {
  local on changed=false
  on=$(join_condition "$@")
  is_join_table "$1" || changed="t.id IS NOT NULL AND NOT ($(same_row "$5"))"
  printf 'SELECT COUNT(*) - COUNT(t.id), SUM(%s) FROM s_%s s LEFT JOIN %s t ON %s;\n' "$changed" "$1" "$1" "$on"
  printf 'SELECT COUNT(*) FROM %s t WHERE NOT EXISTS (SELECT 1 FROM s_%s s WHERE %s);\n' "$1" "$1" "$on"
}

merge_table() {
  local column set=''
  if is_join_table "$1"; then
    printf 'INSERT INTO %s (%s) SELECT %s FROM s_%s s WHERE NOT EXISTS (SELECT 1 FROM %s t WHERE %s);\n' \
      "$1" "$2" "$4" "$1" "$1" "$(join_condition "$@")"
  else
    for column in ${2//,/ }; do
      set+=", t.$column = s.$column"
    done
    printf 'UPDATE %s t JOIN s_%s s ON t.id = s.id SET %s WHERE NOT (%s);\n' "$1" "$1" "${set#, }" "$(same_row "$5")"
    printf 'INSERT INTO %s (id,%s) SELECT s.id,%s FROM s_%s s WHERE NOT EXISTS (SELECT 1 FROM %s t WHERE t.id = s.id);\n' \
      "$1" "$2" "$4" "$1" "$1"
  fi
}

replace_table() {
  printf 'TRUNCATE TABLE %s;\n' "$1"
  load_into "$1" "$1" "$5"
}

# dry_run_sql FOLDER, merge_sql FOLDER, replace_sql FOLDER: from the files of mapped_export_sql.
dry_run_sql() {
  each_table stage_table
  each_table diff_table
}

merge_sql() {
  each_table stage_table
  printf 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nSTART TRANSACTION;\n'
  each_table merge_table
  printf 'COMMIT;\n'
}

# MariaDB commits at each TRUNCATE.
replace_sql() {
  printf 'SET foreign_key_checks = 0;\n'
  each_table replace_table
}

# One line a table that is equal for equal rows, whatever ids the join rows have.
fingerprint_table() {
  local row="QUOTE(${3//,/),QUOTE(})"
  is_join_table "$1" || row="t.id,$row"
  printf "SELECT '%s', COUNT(*), SUM(CAST(CONV(LEFT(MD5(CONCAT(%s)), 15), 16, 10) AS UNSIGNED)) FROM %s t;\n" \
    "$1" "$row" "$1"
}

# The server, with the databases dev, prod, and mapped, which is dev with prod's user ids. A copy of its files is
# how prod becomes what it was.
server_version() {
  printf 'MariaDB %s' "$(mariadb_version)"
}

find_server() {
  find_mariadb || die "MariaDB is not installed" "apt-get install mariadb-server percona-toolkit"
}

server_options=(--innodb-buffer-pool-size=2G --innodb-log-file-size=1G --innodb-flush-log-at-trx-commit=1
  --innodb-temp-data-file-path=ibtmp1:12M:autoextend --local-infile=ON)

start_server() {
  start_mariadb dev "$port" "${server_options[@]}"
  admin dev -e "CREATE DATABASE prod; CREATE DATABASE mapped; GRANT ALL ON prod.* TO studio"
  cp "$work/dev.cnf" "$work/prod.cnf"
}

# admin DATABASE ARGUMENTS
admin() {
  mariadb "--defaults-file=$work/dev.admin.cnf" --local-infile=1 "${@:2}" "$1"
}

fresh_prod() {
  halt_mariadb "$work/mariadb-dev" KILL
  rm -rf "$work/mariadb-dev/data"
  cp -a "$work/base" "$work/mariadb-dev/data"
  serve_mariadb dev "$port" "${server_options[@]}"
}

make_databases() {
  local database
  for database in dev prod mapped; do
    admin mysql -e "DROP DATABASE $database; CREATE DATABASE $database"
  done
  load_sample mariadb dev "$port" "$1" 0 edit_dev
  load_sample mariadb prod "$port" "$1" 3 edit_prod
  read_columns "$port"
  mapped_export_sql "$copies" | admin dev
  admin mapped <"$samples/mariadb/schema.sql"
  { printf 'SET foreign_key_checks = 0;\n' && each_table load_table; } | admin mapped
  for database in dev prod mapped; do
    admin "$database" -e "ANALYZE TABLE $(IFS=, && printf '%s' "${tables[*]}")" >/dev/null
  done
  halt_mariadb "$work/mariadb-dev" TERM
  rm -rf "$work/base"
  cp -a "$work/mariadb-dev/data" "$work/base"
  serve_mariadb dev "$port" "${server_options[@]}"
}

load_table() {
  load_into "$1" "$1" "$5"
}

count_rows() {
  local query
  query=$(printf ' + (SELECT COUNT(*) FROM %s)' "${tables[@]}")
  admin mapped -BN -e "SELECT ${query# + }"
}

bare() {
  case $1 in
    export) exec_sql dev "$work/export.sql" --quick --batch ;;
    dry-run) exec_sql prod "$work/dry_run.sql" ;;
    merge) exec_sql prod "$work/merge.sql" ;;
    replace) exec_sql prod "$work/replace.sql" ;;
    backup) exec mariadb-dump "--defaults-file=$work/prod.cnf" --single-transaction --routines --events --triggers \
      --hex-blob "--result-file=$work/prod.sql" prod ;;
  esac
}

# It becomes the client, so that its memory is what is measured.
exec_sql() {
  exec mariadb "--defaults-file=$work/$1.cnf" --local-infile=1 "${@:3}" "$1" <"$2" >"$work/client.out"
}

fingerprints() {
  each_table fingerprint_table | mariadb "--defaults-file=$work/prod.cnf" -BN prod
}

# pt-table-sync only knows how to make the target equal to the source.
rival_does() {
  [[ $1 == dry-run || $1 == replace ]] && command -v pt-table-sync >/dev/null
}

rival() {
  local table mode=--execute
  [[ $1 == replace ]] || mode=--print
  for table in "${tables[@]}"; do
    pt-table-sync "$mode" --no-check-slave --no-check-triggers --no-foreign-key-checks \
      "F=$work/dev.admin.cnf,D=${rival_source:-mapped},t=$table" "F=$work/dev.admin.cnf,D=prod,t=$table" >"$work/client.out" || {
      # 2: there was something to do, and it is done.
      (($? == 2)) || return 1
    }
  done
}
