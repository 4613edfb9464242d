# What the scripts need from the machine: packages, Java, Maven, the jar.
# shellcheck shell=bash
# shellcheck disable=SC2154  # root is set by each script

is_debian() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null
}

# Installs the Debian packages that are missing, telling which. Their services are not started: the
# scripts run servers of their own.
install_packages() {
  local package missing=() elevate=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if [[ $EUID != 0 ]]; then
    command -v sudo >/dev/null || die "not installed: ${missing[*]}" "apt-get install ${missing[*]}"
    elevate=(sudo)
  fi
  say "Installing ${missing[*]} with apt-get; no service of theirs is started."
  local log
  log=$(mktemp)
  # shellcheck disable=SC2016
  ${elevate[@]+"${elevate[@]}"} bash -euc '
    export DEBIAN_FRONTEND=noninteractive
    # The way Debian has to say that packages must not start services now.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
      trap "rm -f $policy" EXIT
      printf "#!/bin/sh\nexit 101\n" >"$policy"
      chmod +x "$policy"
    fi
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@"' install "${missing[@]}" >"$log" 2>&1 ||
    die "apt-get failed: $(tail -n 5 "$log")"
  rm -f "$log"
}

# need_program NAME HINT
need_program() {
  command -v "$1" >/dev/null || die "$1 is not installed" "$2"
}

# Builds the jar unless it is newer than every source, or TRAVASO_JAR names another.
build_jar() {
  [[ -z ${TRAVASO_JAR:-} ]] || return 0
  local jar=$root/cli/target/travaso.jar
  if [[ -f $jar && -z $(find "$root"/pom.xml "$root"/{core,cli}/{pom.xml,src/main} -newer "$jar" -print -quit) ]]; then
    return
  fi
  need_program mvn "apt-get install maven openjdk-17-jdk-headless, or brew install maven"
  say "Building with Maven, which fetches the libraries the first time."
  (cd "$root" && mvn -B -q -ntp -DskipTests package)
}
