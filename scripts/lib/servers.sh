# Private servers in the work folder: PostgreSQL and OpenSSH, on free ports of 127.0.0.1.
# shellcheck shell=bash
# shellcheck disable=SC2154  # work is set by cleanup.sh, root by each script

samples=$root/scripts/sample
pg_bin=
server_user=
as_server=()

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

# Sets who runs the servers: PostgreSQL refuses to be root.
find_server_account() {
  server_user=$(id -un)
  if [[ $EUID == 0 ]]; then
    server_user=postgres
    id -u postgres >/dev/null 2>&1 || server_user=nobody
    if command -v setpriv >/dev/null; then
      as_server=(setpriv "--reuid=$(id -u $server_user)" "--regid=$(id -g $server_user)" --init-groups)
    else
      as_server=(runuser -u "$server_user" --)
    fi
  fi
}

# Runs a command as the servers' account, from a folder it may be in.
served() {
  (cd / && ${as_server[@]+"${as_server[@]}"} "$@")
}

# Makes a folder that belongs to the servers' account.
server_folder() {
  mkdir -p "$1"
  chown "$server_user" "$1"
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return
    fi
  done
}

random_password() {
  od -An -N12 -tx1 /dev/urandom | tr -d ' \n'
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

# start_sshd NAME PORT HOME: an OpenSSH server that lets $work/NAME.key in as the servers' account, whose
# home there is HOME; $work/NAME.known_hosts knows it.
start_sshd() {
  local name=$1 port=$2 home=$3 folder=$work/ssh-$1 sshd
  sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || die "sshd is not installed"
  server_folder "$folder"
  ssh-keygen -q -t ed25519 -N '' -C demo -f "$work/$name.key"
  served ssh-keygen -q -t ed25519 -N '' -C vps -f "$folder/host_key"
  cp "$work/$name.key.pub" "$folder/authorized_keys"
  cat >"$folder/sshd_config" <<CONFIG
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host_key
PidFile $folder/pid
AuthorizedKeysFile $folder/authorized_keys
AuthenticationMethods publickey
UsePAM no
# The work folder lies under /tmp, which others may write to.
StrictModes no
SetEnv HOME=$home
Subsystem sftp internal-sftp
CONFIG
  served "$sshd" -f "$folder/sshd_config" -E "$folder/log" ||
    die "sshd did not start: $(tail -n 5 "$folder/log")"
  at_exit stop_sshd "$folder"
  printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 "$folder/host_key.pub")" >"$work/$name.known_hosts"
}

# Sessions end with their clients, which are gone by then.
stop_sshd() {
  local pid
  pid=$(cat "$1/pid" 2>/dev/null) || return 0
  kill "$pid" 2>/dev/null || :
}

# load_sample NAME PORT ROWS SHIFT [EDIT...]: the sample application, with what was edited since.
load_sample() {
  local edit
  sql "$1" "$2" -q -f "$samples/schema.sql"
  sql "$1" "$2" -q -o /dev/null -v rows="$3" -v shift="$4" -f "$samples/generate.sql"
  for edit in "${@:5}"; do
    sql "$1" "$2" -q -o /dev/null -f "$samples/$edit.sql"
  done
}

# sql NAME PORT ARGUMENTS: psql on one of our databases, as its owner.
sql() {
  PGPASSFILE=$work/pgpass "$pg_bin/psql" -X -w -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$2" -U studio -d "$1" "${@:3}"
}
