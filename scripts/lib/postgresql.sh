# Private PostgreSQL servers in the work folder, on free ports of 127.0.0.1.
# shellcheck shell=bash
# shellcheck disable=SC2154  # work is set by cleanup.sh, the account by servers.sh

pg_bin=

# Sets pg_bin to the programs of the newest PostgreSQL on this machine.
find_postgres() {
  local folder newest=0 version
  local places=(/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin
    /usr/local/opt/postgresql@*/bin)
  if command -v initdb >/dev/null; then
    places+=("$(dirname "$(command -v initdb)")")
  fi
  for folder in "${places[@]}"; do
    [[ -x $folder/initdb && -x $folder/pg_dump ]] || continue
    version=$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if ((version >= 12 && version > newest)); then
      newest=$version
      pg_bin=$folder
    fi
  done
  [[ -n $pg_bin ]]
}

# start_postgres NAME PORT [SETTING...]: a server whose role "studio" owns the database NAME. Its
# password is in $work/NAME.password, for psql in $work/pgpass.
start_postgres() {
  local name=$1 port=$2 folder=$work/pg-$1 password setting settings=''
  for setting in "${@:3}"; do
    settings+=" -c $setting"
  done
  password=$(random_password)
  server_folder "$folder"
  if ! {
    served "$pg_bin/initdb" -D "$folder/data" -U postgres --auth-local=trust \
      --auth-host=scram-sha-256 --encoding=UTF8 --locale=C --no-sync &&
      served "$pg_bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
        -o "-h 127.0.0.1 -p $port -k $folder$settings" start
  } >"$work/$name.log" 2>&1; then
    die "PostgreSQL for $name did not start: $(tail -n 5 "$work/$name.log")"
  fi
  at_exit stop_postgres "$folder"
  "$pg_bin/psql" -Xq -v ON_ERROR_STOP=1 -h "$folder" -p "$port" -U postgres -d postgres <<SQL
CREATE ROLE studio LOGIN PASSWORD '$password';
CREATE DATABASE $name OWNER studio;
SQL
  (
    umask 077
    printf '%s' "$password" >"$work/$name.password"
    printf '127.0.0.1:%s:*:studio:%s\n' "$port" "$password" >>"$work/pgpass"
  )
}

stop_postgres() {
  served "$pg_bin/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1
}

# sql NAME PORT ARGUMENTS: psql on one of our databases, as its owner.
sql() {
  PGPASSFILE=$work/pgpass "$pg_bin/psql" -X -w -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$2" -U studio -d "$1" "${@:3}"
}

# The same for whichever engine: what prints a table, what prints values divided by "|", what runs a file.
postgresql_show() {
  sql "$1" "$2" -q -P footer=off -c "$3"
}

postgresql_values() {
  sql "$1" "$2" -Atq -c "$3"
}

postgresql_run() {
  sql "$1" "$2" -q -o /dev/null -f "$3"
}

# postgresql_generate NAME PORT ROWS SHIFT
postgresql_generate() {
  sql "$1" "$2" -q -o /dev/null -v rows="$3" -v shift="$4" -f "$samples/postgresql/generate.sql"
}

# Everything in a database but the tool's own notes, as pg_dump sees it. Sequences only ever move forward: a
# gap is harmless, a number given twice is not.
postgresql_fingerprint() {
  PGPASSFILE=$work/pgpass "$pg_bin/pg_dump" -w -h 127.0.0.1 -p "$2" -U studio -N travaso "$1" |
    grep -vE '^\\(un)?restrict |^SELECT pg_catalog\.setval' | LC_ALL=C sort | cksum
}
