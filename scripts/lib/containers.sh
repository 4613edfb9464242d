# The story of the demo with a compose project: backup, proof, upgrade, an upgrade that breaks, and a masked clone.
# shellcheck shell=bash
# shellcheck disable=SC2154  # work is set by cleanup.sh, root by each script, bold and plain by ui.sh

containers_main() {
  is_debian && install_packages docker.io docker-compose debootstrap
  build_jar
  make_work_folder demo
  docker_begin
  docker_wait
  [[ -z $docker_reason ]] || die "no Docker: $docker_reason" "start a Docker Engine, then try again"
  local start=$SECONDS
  containers_project
  containers_story
  heading "Done in $((SECONDS - start)) s"
  say "Next: docs/operations.md, and the runbooks in sync-config/runbooks."
}

compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose -f "$project/docker-compose.yml" "$@"
  else
    docker-compose -f "$project/docker-compose.yml" "$@"
  fi
}

# The project as somebody has it on a server: two databases, an application, passwords in .env.
containers_project() {
  project=$work/travaso-demo-$$
  mkdir -p "$project/sync-config/runbooks" "$project/counts"
  chmod 777 "$project/counts"
  (
    umask 077
    for key in POSTGRES DEV APP; do printf '%s_PASSWORD=%s\n' "$key" "$(random_password)"; done >"$project/.env"
    printf 'MASK_KEY=%s\n' "$(random_password)" >>"$project/.env"
  )
  cat >"$project/docker-compose.yml" <<'YAML'
version: "3"
services:
  django-db:
    image: travaso-test/postgres:15
    environment: {POSTGRES_PASSWORD: "${POSTGRES_PASSWORD}"}
    volumes: [db-data:/var/lib/postgresql/data]
  dev-db:
    image: travaso-test/postgres:15
    environment: {POSTGRES_PASSWORD: "${DEV_PASSWORD}"}
    volumes: [dev-data:/var/lib/postgresql/data]
  app:
    image: travaso-test/app:1   # what an upgrade changes, and nothing else
    environment: {DB_HOST: django-db, DB_NAME: notes, DB_USER: notes, DB_PASSWORD: "${APP_PASSWORD}"}
    volumes: [uploads:/data, ./counts:/counts]
volumes: {db-data: , dev-data: , uploads: }
YAML
  cat >"$project/sync-config/sync.yaml" <<YAML
environments:
  dev:
    database:
      url: "postgresql://postgres@dev-db/notes"
      password: {dotenv: $project/.env, key: DEV_PASSWORD}
      container: {compose: $project/docker-compose.yml, service: dev-db}
    backups: {directory: $project/backups/dev}
  prod:
    protected: true
    database:
      url: "postgresql://notes@django-db/notes"
      password: {dotenv: $project/.env, key: APP_PASSWORD}
      maintenance: {user: postgres, password: {dotenv: $project/.env, key: POSTGRES_PASSWORD}}
      container: {compose: $project/docker-compose.yml, service: django-db}
    backups: {directory: $project/backups/prod}
services:
  notes:
    environment: prod
    compose: $project/docker-compose.yml
    databases: {main: environment}
    volumes: {uploads: {service: app, path: /data}}
    quiesce: {stop: [app]}
    backups: {directory: $project/backups/notes, keep: 10, keep-days: 30}
tables: [public.app_note]
mask-key: {dotenv: $project/.env, key: MASK_KEY}
mask: {public.app_note: {text: redact, author: name}}
YAML
  cat >"$project/sync-config/runbooks/notes.yaml" <<'YAML'
service: notes
images: {app: {repository: travaso-test/app}}
pull: never                      # made on this machine
migrate:
  - {service: app, one-off: true, run: [python3, app.py, migrate]}
smoke:
  - command: {service: app, run: [python3, -c, "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health')"]}
YAML
  ln -s "$root/scripts" "$project/scripts"
  cd "$project"
  at_exit containers_end
  say "Starting the compose project."
  compose up -d >"$work/compose.log" 2>&1 || die "the compose project did not start: $(tail -n 1 "$work/compose.log")"
  local service
  for service in django-db dev-db; do
    containers_await "$service"
    containers_sql "$service" postgres "CREATE ROLE notes LOGIN PASSWORD '$(sed -n 's/^APP_PASSWORD=//p' .env)'" \
      "CREATE DATABASE notes OWNER notes"
  done
  compose exec -T app python3 app.py migrate >>"$work/compose.log" 2>&1
}

containers_end() {
  compose down -v >>"$work/compose.log" 2>&1
}

# containers_sql SERVICE DATABASE STATEMENT...: as the server's administrator, read from standard input.
containers_sql() {
  printf '%s;\n' "${@:3}" | compose exec -T -u postgres "$1" psql -qAtX -v ON_ERROR_STOP=1 -d "$2"
}

containers_await() {
  local tries=0
  until containers_sql "$1" postgres "SELECT 1" >/dev/null 2>&1; do
    ((++tries < 120)) || die "$1 does not answer"
    sleep 0.5
  done
}

# Version and schema, as the application itself says.
containers_health() {
  compose exec -T app python3 -c \
    "import urllib.request as u, json; h = json.load(u.urlopen('http://127.0.0.1:8000/health')); print('version', h['version'], 'schema', h['schema'])"
}

containers_rows() {
  containers_sql django-db notes "SELECT * FROM app_note ORDER BY id" "SELECT * FROM app_schema" | cksum
}

containers_story() {
  heading "1  A service in docker compose, backed up"
  run scripts/sync backup notes
  run scripts/sync verify latest --service notes

  heading "2  An upgrade that works"
  run scripts/sync upgrade notes --to 2 --dry-run
  say
  note "prod is protected: at a terminal its name would have to be typed; --force stands for that."
  run scripts/sync upgrade notes --to 2 --force
  expect "the application runs version 2" "version 2 schema 2" containers_health
  local before
  before=$(containers_rows)

  heading "3  An upgrade whose migration breaks half-way"
  local status=0
  run scripts/sync upgrade notes --to 3 --auto-rollback --force || status=$?
  expect "it failed, and says so" 1 printf '%s' "$status"
  expect "the application runs version 2 again" "version 2 schema 2" containers_health
  expect "with every row as it was" "$before" containers_rows

  heading "4  Prod's whole database for dev, masked before it leaves"
  run scripts/sync clone prod dev --force
  say
  containers_sql dev-db notes "SELECT id || '  ' || text || '  ' || author FROM app_note ORDER BY id"
  expect "no name of prod's is in dev" 0 containers_sql dev-db notes "SELECT count(*) FROM app_note WHERE author = 'anna'"
}
