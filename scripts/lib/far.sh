# The other machine, for the benchmark: OpenSSH on this one with a home of its own, and Travaso deployed there by
# its own command. What runs there tells its peak memory.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the variables are those of bench

# start_far: sets far (the home there), writes ssh.yaml and local.yaml, and deploys.
start_far() {
  local ssh_port
  far=$work/far-$engine
  mkdir -p "$far/backups" "$far/peaks"
  watch_java
  ssh_port=$(free_port)
  start_sshd "far-$engine" "$ssh_port" "$far" "JAVA_HOME=$work/far-java"
  (umask 077 && printf 'DB_PASSWORD=%s\n' "$(<"$work/dev.password")" >"$far/.env")
  chown -R "$login_user" "$far"
  office_config "ssh: {host: 127.0.0.1, port: $ssh_port, user: $login_user, identity: $far.key, known-hosts: $far.known_hosts}\\n    home: $far/sync" \
    "{dotenv: $far/.env, key: DB_PASSWORD}" "$far/backups" >"$work/ssh.yaml"
  office_config '' '{env: DEV_DB_PASSWORD}' "$work/backups" | sed '/^ *$/d' >"$work/local.yaml"
  DEV_DB_PASSWORD=$(<"$work/dev.password")
  export DEV_DB_PASSWORD
}

# office_config HOST PASSWORD BACKUPS
office_config() {
  sed -e "s|@PROD_HOST@|$1|" -e "s|@PROD_PASSWORD@|$2|" -e "s|@PROD_BACKUPS@|$3|" \
    -e "s|@DEV_URL@|$engine://studio@127.0.0.1:$port/dev|" -e "s|@PROD_URL@|$engine://studio@127.0.0.1:$port/prod|" \
    -e "s|@DEV_BACKUPS@|$work/backups|" -e "s|@EXPORTS@|$work/exports|" "$samples/bench/sync.yaml"
}

deploy_far() {
  (cd "$work" && "$root/scripts/sync" deploy prod --config "$work/ssh.yaml") >"$work/deploy.log" 2>&1 ||
    die "sync deploy failed" "$(tail -n 5 "$work/deploy.log")" "$(tail -n 30 "$work/logs/sync.log" 2>/dev/null)"
}

# A Java for there that writes down the peak of every run, in KiB.
watch_java() {
  local java folder=$work/far-java
  java=$(readlink -f "$(command -v java)")
  mkdir -p "$folder/bin"
  cp "${java%/bin/java}/release" "$folder/release"
  cat >"$folder/bin/java" <<JAVA
#!/usr/bin/env bash
# What makes the class-data archive, once, is no run.
case " \$* " in
  *' -Xshare:dump '* | *' warm-up ') exec "$java" "\$@" ;;
esac
kib=0
exec {never}<> <(:)
"$java" "\$@" <&0 &
trap 'kill \$! 2>/dev/null' HUP INT TERM
while [[ -r /proc/\$!/status ]]; do
  while read -r key value _; do
    [[ \$key != VmHWM: ]] || { kib=\$value && break; }
  done <"/proc/\$!/status"
  read -rt 0.03 -u "\$never"
done 2>/dev/null
wait \$!
status=\$?
printf '%s\n' "\$kib" >"$far/peaks/\$\$"
exit "\$status"
JAVA
  chmod 755 "$folder" "$folder/bin" "$folder/bin/java"
}

# far_peak: the largest peak there since the last call, in MiB; nothing if nothing ran.
far_peak() {
  local files=("$far/peaks/"*)
  [[ -e ${files[0]} ]] || return 0
  printf '%s\n' $(($(cat "${files[@]}" | sort -n | tail -n 1) / 1024))
  rm -f "${files[@]}"
}
