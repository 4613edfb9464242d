# A Docker Engine for the tests, and images made on this machine, for none is fetched from a registry.
#
#   docker_begin   finds an engine that answers or, as root on Debian and Ubuntu, starts one of our own, and makes
#                  the images; all in the background, for it takes half a minute
#   docker_wait    waits until that is done; docker_reason says why there are none
#   docker_end     stops the engine if it is our own; called at the end by itself
#
# Where no engine can run, one line says why, and the tests that need it are reported as not run. They learn it from
# the file that TRAVASO_TEST_DOCKER names: "ready", or the reason.
# shellcheck shell=bash
# shellcheck disable=SC2154  # work is set by cleanup.sh, root by each script

docker_samples=$root/scripts/sample/compose
docker_mirror=${TRAVASO_DEBIAN_MIRROR:-http://deb.debian.org/debian}
docker_socket=
docker_preparing=
docker_reason=

docker_begin() {
  export TRAVASO_TEST_DOCKER=$work/docker.state
  mkdir "$work/docker"
  if ! docker info >/dev/null 2>&1; then
    docker_socket=/var/run/docker.sock
    unset DOCKER_HOST
    if [[ -e $docker_socket ]]; then
      # Somebody's whom it does not answer, or who may come back.
      docker_socket=$work/docker/socket
      export DOCKER_HOST=unix://$docker_socket
    fi
  fi
  at_exit docker_end
  # A process group of its own, which can be ended as a whole.
  set -m
  docker_prepare </dev/null &
  docker_preparing=$!
  set +m
}

docker_wait() {
  [[ -n $docker_preparing ]] || return 0
  wait "$docker_preparing" || :
  docker_preparing=
  docker_reason=$(cat "$TRAVASO_TEST_DOCKER" 2>/dev/null || printf 'its preparation broke off')
  [[ $docker_reason != ready ]] || docker_reason=
}

docker_end() {
  local pid left=600
  if [[ -n $docker_preparing ]]; then
    kill -- "-$docker_preparing" 2>/dev/null || :
    wait "$docker_preparing" 2>/dev/null || :
    docker_preparing=
  fi
  if pid=$(cat "$work/docker/pid" 2>/dev/null); then
    kill "$pid" 2>/dev/null || :
    while kill -0 "$pid" 2>/dev/null; do
      ((--left)) || kill -KILL "$pid" 2>/dev/null || :
      sleep 0.1
    done
  fi
  # What an engine that was killed has left mounted.
  awk -v below="$work/docker/" 'index($2, below) == 1 { print $2 }' /proc/mounts 2>/dev/null | sort -r |
    while read -r mounted; do umount -l "$mounted"; done
}

# docker_state TEXT: tells the tests.
docker_state() {
  printf '%s' "$1" >"$work/docker.state.part"
  mv "$work/docker.state.part" "$work/docker.state"
}

docker_prepare() {
  local log=$work/docker/log
  if docker_start_engine && docker_build_images; then
    docker_state ready
    return
  fi
  docker_state "$docker_reason"
  say "No Docker for the tests, which go on without: $docker_reason"
}

# docker_lacks REASON: why there is no Docker, and that there is none.
docker_lacks() {
  docker_reason=$1
  return 1
}

docker_start_engine() {
  if [[ -n $docker_socket ]]; then
    is_debian || docker_lacks "no Docker Engine answers, and one is only started on Debian and Ubuntu" || return
    [[ $EUID == 0 ]] || docker_lacks "no Docker Engine answers, and only root can start one" || return
    docker_install dockerd docker.io || return
    # Newer releases have the client in a package of its own.
    docker_install docker docker-cli || return
  fi
  if ! docker compose version >/dev/null 2>&1; then
    docker_install docker-compose docker-compose || return
  fi
  if [[ -n $docker_socket ]]; then
    docker_serve || return
  fi
  say "Docker Engine $(docker version -f '{{.Server.Version}}') answers${docker_socket:+ at $docker_socket}."
}

# docker_install PROGRAM PACKAGE: installs the package if the program is missing.
docker_install() {
  local error
  if command -v "$1" >/dev/null; then
    return
  fi
  is_debian || docker_lacks "$1 is not installed" || return
  { error=$(install_packages "$2" 2>&1 >&3) || docker_lacks "${error:-$2 could not be installed}"; } 3>&1
}

# Starts an engine of our own with whichever storage and network this machine allows.
docker_serve() {
  local storage network folder=$work/docker
  for storage in overlay2 vfs; do
    for network in true false; do
      dockerd --host "unix://$docker_socket" --pidfile "$folder/pid" --data-root "$folder/data-$storage" \
        --exec-root "$folder/exec" --group root --storage-driver "$storage" "--iptables=$network" \
        >>"$folder/dockerd.log" 2>&1 &
      if docker_answers $!; then
        say "Started a Docker Engine for the tests ($storage$([[ $network == true ]] || printf ', without iptables'))."
        return
      fi
    done
  done
  docker_lacks "dockerd did not start: $(docker_complaint "$folder/dockerd.log")"
}

# docker_complaint LOG: what the first attempt ended with.
docker_complaint() {
  local complaint
  complaint=$(sed -n 's/^failed to start daemon: //p' "$1" | head -n 1)
  printf '%s' "${complaint:-$(tail -n 1 "$1")}"
}

# docker_answers PID: waits until the engine with this process answers, or has ended.
docker_answers() {
  local tries=0
  until docker info >/dev/null 2>&1; do
    if ! kill -0 "$1" 2>/dev/null || ((++tries > 300)); then
      kill "$1" 2>/dev/null || :
      wait "$1" 2>/dev/null || :
      return 1
    fi
    sleep 0.1
  done
}

docker_build_images() {
  local version
  docker_base || return
  docker_image postgres:15 postgres &&
    docker_image mariadb:10.11 mariadb || return
  for version in 1 2 3; do
    docker_image "app:$version" app --build-arg "VERSION=$version" || return
  done
}

# docker_is_current IMAGE INPUTS: whether an image is there and was made of the same.
docker_is_current() {
  [[ $(docker image inspect -f '{{index .Config.Labels "io.travaso.inputs"}}' "$1" 2>/dev/null) == "$2" ]]
}

# docker_image NAME FOLDER [OPTION...]: builds an image on the base.
docker_image() {
  local name=travaso-test/$1 folder=$docker_samples/$2 inputs
  inputs=$({ docker image inspect -f '{{.Id}}' travaso-test/base:1 && cat "$folder"/*; } | cksum | tr ' ' -)
  ! docker_is_current "$name" "$inputs" || return 0
  # The builder that every release has.
  DOCKER_BUILDKIT=0 docker build --network none -t "$name" --label "io.travaso.inputs=$inputs" "${@:3}" "$folder" \
    >>"$log" 2>&1 || docker_lacks "$name could not be built: $(tail -n 1 "$log")" || return
  say "Made the image $name."
}

docker_packages=(mariadb-client mariadb-server-core postgresql-15 procps python3-minimal python3-psycopg2 python3-pymysql)

# Debian 12 with both databases and Python, whatever this machine runs.
docker_base() {
  local inputs
  inputs=$({ printf '%s\n' "${docker_packages[@]}" && declare -f docker_base docker_unpack docker_set_up; } | cksum | tr ' ' -)
  ! docker_is_current travaso-test/base:1 "$inputs" || return 0
  is_debian || docker_lacks "its images are made with debootstrap, on Debian and Ubuntu" || return
  [[ $EUID == 0 ]] || docker_lacks "its images are made with debootstrap, which needs root" || return
  docker_install debootstrap debootstrap || return
  [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] ||
    docker_install debian-archive-keyring debian-archive-keyring || return
  say "Making the image travaso-test/base:1 with debootstrap, from $docker_mirror."
  local folder=$work/docker/base seconds=$SECONDS
  {
    debootstrap --foreign --variant=minbase "--include=$(IFS=, && printf '%s' "${docker_packages[*]}")" \
      bookworm "$folder" "$docker_mirror" && docker_unpack "$folder" && docker_set_up "$folder" &&
      tar -C "$folder" --numeric-owner -c . | docker import --change "LABEL io.travaso.inputs=$inputs" \
        --change 'ENV LANG=C.UTF-8' --change 'CMD ["bash"]' - travaso-test/base:1
  } >>"$log" 2>&1 || docker_lacks "debootstrap failed: $(tail -n 1 "$log")" || return
  rm -rf "$folder"
  say "Made the image travaso-test/base:1 in $((SECONDS - seconds)) s."
}

# docker_unpack FOLDER: the packages that debootstrap has fetched. They are not configured, which would take
# longer than all the rest; what needs half a compiler or all of Perl is left out.
docker_unpack() {
  # shellcheck disable=SC2016
  find "$1/var/cache/apt/archives" -name '*.deb' | grep -vE '/(libllvm|libz3|libperl|perl|locales|galera)' |
    xargs -P 2 -n 1 bash -euo pipefail -c 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$0" --keep-directory-symlink \
      --skip-old-files --exclude=./usr/share/{doc,man,locale,info} --exclude="*/llvmjit*" --exclude=./usr/lib/postgresql/*/lib/bitcode' "$1" &&
    rm -rf "$1"/debootstrap "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/*
}

# docker_set_up FOLDER: what the packages would have done that is needed here.
docker_set_up() {
  cp "$1/usr/share/base-passwd/passwd.master" "$1/etc/passwd"
  cp "$1/usr/share/base-passwd/group.master" "$1/etc/group"
  printf 'mysql:x:100:101::/nonexistent:/bin/false\npostgres:x:101:103::/var/lib/postgresql:/bin/bash\n' >>"$1/etc/passwd"
  printf 'mysql:x:101:\npostgres:x:103:\n' >>"$1/etc/group"
  cp "$1/usr/share/libc-bin/nsswitch.conf" "$1/etc/nsswitch.conf"
  ln -sf mawk "$1/usr/bin/awk"
  rm -r "$1/var/run"
  ln -s ../run "$1/var/run"
  local program
  for program in "$1"/usr/lib/postgresql/15/bin/*; do
    ln -sf "../lib/postgresql/15/bin/${program##*/}" "$1/usr/bin/${program##*/}"
  done
  mkdir -p "$1"/{run/mysqld,run/postgresql,var/lib/mysql,var/lib/postgresql}
  chown 100:101 "$1"/{run/mysqld,var/lib/mysql}
  chown 101:103 "$1"/{run/postgresql,var/lib/postgresql}
  chroot "$1" ldconfig
  # What a library lacks is found out here and not in the tests.
  chroot "$1" postgres --version && chroot "$1" mariadbd --version &&
    chroot "$1" python3 -c 'import http.server, psycopg2, pymysql'
}
