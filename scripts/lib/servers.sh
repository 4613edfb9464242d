# Private servers in the work folder: whose they are, and OpenSSH, on free ports of 127.0.0.1.
# shellcheck shell=bash
# shellcheck disable=SC2154  # work is set by cleanup.sh, root by each script

samples=$root/scripts/sample
server_user=
as_server=()
login_user=
as_login=()

# Sets who runs the servers, for they refuse to be root; and who logs in on the "VPS": the same, unless that
# account lets nobody in.
find_server_account() {
  server_user=$(id -un)
  login_user=$server_user
  if [[ $EUID == 0 ]]; then
    for server_user in postgres mysql nobody; do
      ! id -u "$server_user" >/dev/null 2>&1 || break
    done
    if command -v setpriv >/dev/null; then
      as_server=(setpriv "--reuid=$(id -u "$server_user")" "--regid=$(id -g "$server_user")" --init-groups)
    else
      as_server=(runuser -u "$server_user" --)
    fi
    if ! getent passwd "$server_user" | grep -qE '/(nologin|false)$'; then
      login_user=$server_user
      as_login=("${as_server[@]}")
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

# start_sshd NAME PORT HOME [VARIABLE=VALUE]: an OpenSSH server that lets $work/NAME.key in as login_user, whose home
# there is HOME; $work/NAME.known_hosts knows it.
start_sshd() {
  local name=$1 port=$2 home=$3 folder=$work/ssh-$1 sshd
  sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || die "sshd is not installed"
  mkdir "$folder"
  ssh-keygen -q -t ed25519 -N '' -C demo -f "$work/$name.key"
  ssh-keygen -q -t ed25519 -N '' -C vps -f "$folder/host_key"
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
SetEnv HOME=$home ${4:-}
Subsystem sftp internal-sftp
CONFIG
  chown -R "$login_user" "$folder"
  # Root's sshd insists on a folder that a package's start script would make.
  [[ $login_user != root ]] || mkdir -p /run/sshd
  (cd / && ${as_login[@]+"${as_login[@]}"} "$sshd" -f "$folder/sshd_config" -E "$folder/log") ||
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

# load_sample ENGINE NAME PORT ROWS SHIFT [EDIT...]: the sample application, with what was edited since.
load_sample() {
  local edit
  "$1_run" "$2" "$3" "$samples/$1/schema.sql"
  "$1_generate" "$2" "$3" "$4" "$5"
  for edit in "${@:6}"; do
    "$1_run" "$2" "$3" "$samples/$1/$edit.sql"
  done
}
