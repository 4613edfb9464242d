# Private MariaDB servers in the work folder, on free ports of 127.0.0.1.
# shellcheck shell=bash
# shellcheck disable=SC2154  # work is set by cleanup.sh, the account by servers.sh

mariadb_server=
mariadb_share=

# Sets mariadb_server to the server's program, and mariadb_share to the folder with the tables it starts with.
find_mariadb() {
  local folder share
  command -v mariadb >/dev/null && command -v mariadb-dump >/dev/null || return 1
  for folder in /usr/sbin /usr/local/sbin /usr/bin /opt/homebrew/opt/mariadb*/bin /usr/local/opt/mariadb*/bin; do
    [[ -x $folder/mariadbd ]] || continue
    for share in "$folder"/../share/{mysql,mariadb,.}; do
      if [[ -e $share/mariadb_system_tables.sql || -e $share/mysql_system_tables.sql ]]; then
        mariadb_server=$folder/mariadbd
        mariadb_share=$(cd "$share" && pwd -P)
        return
      fi
    done
  done
  return 1
}

mariadb_version() {
  "$mariadb_server" --version | sed -E 's/.* Ver ([0-9.]+)-MariaDB.*/\1/'
}

# start_mariadb NAME PORT [OPTION...]: a server whose role "studio" owns the database NAME. The role's password
# is in $work/NAME.password, for the programs in $work/NAME.cnf; the administrator's in $work/NAME.admin.cnf.
start_mariadb() {
  local name=$1 port=$2 folder=$work/mariadb-$1 password admin tables
  password=$(random_password)
  admin=$(random_password)
  server_folder "$folder"
  mkdir "$folder/data"
  # A file, because every user of the machine can read arguments.
  (
    umask 077
    printf '%s' "$password" >"$work/$name.password"
    mariadb_options "$port" studio "$password" >"$work/$name.cnf"
    mariadb_options "$port" admin "$admin" >"$work/$name.admin.cnf"
    cat >"$folder/setup.sql" <<SQL
CREATE USER IF NOT EXISTS admin IDENTIFIED BY '$admin';
GRANT ALL ON *.* TO admin WITH GRANT OPTION;
CREATE DATABASE IF NOT EXISTS $name;
CREATE USER IF NOT EXISTS studio IDENTIFIED BY '$password';
GRANT ALL ON $name.* TO studio;
SQL
  )
  chown -R "$server_user" "$folder"
  tables=$mariadb_share/mariadb_system_tables.sql
  [[ -e $tables ]] || tables=$mariadb_share/mysql_system_tables.sql
  { printf 'CREATE DATABASE mysql;\nUSE mysql;\n' && cat "$tables"; } |
    mariadbd_of "$folder" "${@:3}" --bootstrap >"$work/$name.log" 2>&1 ||
    die "MariaDB for $name could not be set up: $(tail -n 5 "$work/$name.log")"
  at_exit halt_mariadb "$folder" KILL
  serve_mariadb "$@"
}

# mariadbd_of FOLDER OPTION...: the server's program on its folder.
mariadbd_of() {
  served "$mariadb_server" --no-defaults "--datadir=$1/data" "--lc-messages-dir=$mariadb_share" \
    "--character-sets-dir=$mariadb_share/charsets" "--tmpdir=$1" --character-set-server=utf8mb4 \
    --skip-log-bin --skip-name-resolve --skip-ssl "${@:2}"
}

# serve_mariadb NAME PORT [OPTION...]: starts it, set up as it is.
serve_mariadb() {
  local name=$1 port=$2 folder=$work/mariadb-$1 pid tries=0
  mariadbd_of "$folder" --bind-address=127.0.0.1 "--port=$port" "--socket=$folder/socket" \
    "--pid-file=$folder/pid" "--init-file=$folder/setup.sql" "${@:3}" >>"$work/$name.log" 2>&1 &
  pid=$!
  until mariadb_values "$name" "$port" "SELECT 1" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null || ((++tries > 300)); then
      die "MariaDB for $name did not start: $(tail -n 5 "$work/$name.log")"
    fi
    sleep 0.1
  done
}

# mariadb_options PORT USER PASSWORD
mariadb_options() {
  printf '[client]\nhost=127.0.0.1\nport=%s\nuser=%s\npassword=%s\ndefault-character-set=utf8mb4\n' "$@"
}

# halt_mariadb FOLDER SIGNAL: ends the server: at once by KILL, in order by TERM.
halt_mariadb() {
  local pid
  pid=$(cat "$1/pid" 2>/dev/null) || return 0
  kill -s "$2" "$pid" 2>/dev/null || :
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.05
  done
  rm -f "$1/pid"
}

# maria NAME PORT ARGUMENTS: the client on one of our databases, as its owner.
maria() {
  mariadb "--defaults-file=$work/$1.cnf" "${@:3}" "$1"
}

# The same for whichever engine: what prints a table, what prints values divided by "|", what runs a file.
mariadb_show() {
  maria "$1" "$2" --table -e "$3"
}

mariadb_values() {
  maria "$1" "$2" --batch --skip-column-names -e "$3" | tr '\t' '|'
}

mariadb_run() {
  maria "$1" "$2" <"$3" >/dev/null
}

# mariadb_generate NAME PORT ROWS SHIFT
mariadb_generate() {
  maria "$1" "$2" "--init-command=SET @rows = $3, @shift = $4" <"$samples/mariadb/generate.sql"
}

# Everything in a database but the tool's own notes, as mariadb-dump sees it. Counters only ever move forward: a
# gap is harmless, a number given twice is not.
mariadb_fingerprint() {
  local table ignored=()
  for table in $(mariadb_values "$1" "$2" "SELECT table_name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name LIKE 'travaso\\_%'"); do
    ignored+=("--ignore-table=$1.$table")
  done
  mariadb-dump "--defaults-file=$work/$1.cnf" --single-transaction --skip-comments --skip-extended-insert \
    --hex-blob --triggers ${ignored[@]+"${ignored[@]}"} "$1" |
    sed -E 's/ AUTO_INCREMENT=[0-9]+//' | LC_ALL=C sort | cksum
}
