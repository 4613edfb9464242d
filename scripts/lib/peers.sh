# What other tools need for the like, at the sizes they can bear: Django's dumpdata and loaddata, and DbUnit.
# Each runs with what it needs only where that is there.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the variables are those of bench

django_python=

find_django() {
  local python
  for python in "${TRAVASO_TEST_PYTHON:-}" /usr/bin/python3 python3; do
    if [[ -n $python ]] && "$python" -c 'import django, psycopg2, MySQLdb' 2>/dev/null; then
      django_python=$python
      return
    fi
  done
  return 1
}

# peer_settings DATABASE
peer_settings() {
  export BENCH_ENGINE=$engine BENCH_PORT=$port BENCH_DATABASE=$1 BENCH_PASSWORD=$DEV_DB_PASSWORD
}

django() {
  peer_settings "$1"
  exec "$django_python" "$samples/bench/django/manage.py" "${@:2}"
}

# Fetches DbUnit and the drivers by Maven, and compiles what drives it.
make_dbunit() {
  local folder=$work/dbunit
  mkdir -p "$folder"
  sed -e "s/@POSTGRESQL@/$(version_of postgresql)/" -e "s/@MARIADB@/$(version_of mariadb)/" \
    "$samples/bench/dbunit/pom.xml" >"$folder/pom.xml"
  (cd "$folder" && mvn -B -q -ntp dependency:copy-dependencies -DoutputDirectory=lib &&
    javac -cp 'lib/*' -d classes "$samples/bench/dbunit/FlatXml.java") >"$folder/log" 2>&1
}

# version_of DRIVER: the one that Travaso uses itself.
version_of() {
  sed -n "s|.*<$1.version>\(.*\)</$1.version>.*|\1|p" "$root/pom.xml"
}

dbunit() {
  peer_settings "$2"
  exec java -cp "$work/dbunit/classes:$work/dbunit/lib/*" FlatXml "$1" "$(jdbc "$2")" "$work/dbunit.xml"
}

# DbUnit's XML can't hold characters beyond Unicode's first plane: it writes half of each.
without_emoji() {
  local database table
  for table in office_customer office_invoice; do
    printf "UPDATE %s SET notes = REPLACE(REPLACE(notes, '👍', ''), '📁', '');\n" "$table"
  done >"$work/edits.sql"
  for database in dev prod; do
    "${engine}_run" "$database" "$port" "$work/edits.sql"
    settle "$database"
  done
}

# At this size: everything out, and in again where 1 % differs.
measure_peers() {
  local with_django=false with_dbunit=false
  ! find_django || with_django=true
  ! make_dbunit || with_dbunit=true
  $with_django || note "Django is not measured: no python3 here has django, psycopg2 and MySQLdb"
  $with_dbunit || note "DbUnit is not measured: $(tail -n 1 "$work/dbunit/log")"
  without_emoji
  row_of "export, $rows rows" - travaso export --env dev --output "$work/dev.json.zst" --config "$work/local.yaml"
  ! $with_django || against 'Django dumpdata' - - django dev dumpdata office --output "$work/django.json"
  ! $with_dbunit || against 'DbUnit, flat XML' - - dbunit export dev
  row_of "import, 1 % changed, $rows rows" 'edit prod scattered' imported_here --no-backup --force
  alike 'import'
  if $with_django; then
    against 'Django loaddata' - 'edit prod scattered' django prod loaddata "$work/django.json"
    alike_or_told 'Django loaddata'
  fi
  if $with_dbunit; then
    against 'DbUnit REFRESH' - 'edit prod scattered' dbunit refresh prod
    alike_or_told 'DbUnit REFRESH'
  fi
}
