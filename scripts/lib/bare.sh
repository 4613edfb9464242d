# The bare limits: what PostgreSQL itself needs for the same work, as plain SQL in one psql session. Each
# function prints a script for psql.
# shellcheck shell=bash
# shellcheck disable=SC2001

tables=(anagrafiche_anagrafica anagrafiche_cliente anagrafiche_contattoemail anagrafiche_indirizzo
  pratiche_tipopratica pratiche_etichetta pratiche_pratica pratiche_praticanota pratiche_pratica_etichette
  pratiche_pratica_assegnatari vocititolario documenti_documento scadenze_scadenza)

# Catalogue of the sample: TABLE:COLUMN,COLUMN… without the key; a trailing + marks a column that points
# to a user or a content type, whose ids are 3 higher in prod.
columns=()

# read_columns NAME PORT
read_columns() {
  local table
  for table in "${tables[@]}"; do
    columns+=("$table:$(sql "$1" "$2" -At -c "
      SELECT string_agg(attname || CASE WHEN EXISTS (SELECT FROM pg_constraint WHERE contype = 'f'
          AND conrelid = attrelid AND conkey = ARRAY[attnum]
          AND confrelid IN ('auth_user'::regclass, 'django_content_type'::regclass)) THEN '+' ELSE '' END,
        ',' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = '$table'::regclass AND attnum > 1 AND NOT attisdropped")")
  done
}

# Calls a function for each table with its name, its columns and those of an alias: s.a,s.b
each_table() {
  local entry list
  for entry in "${columns[@]}"; do
    list=${entry#*:}
    list=${list//+/}
    "$1" "${entry%%:*}" "$list" "t.${list//,/,t.}" "s.${list//,/,s.}"
  done
}

is_join_table() {
  [[ $1 == pratiche_pratica_etichette || $1 == pratiche_pratica_assegnatari ]]
}

export_sql() {
  local table
  printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n'
  for table in "${tables[@]}"; do
    printf 'COPY (SELECT * FROM %s ORDER BY id) TO STDOUT;\n' "$table"
  done
}

# mapped_export_sql FOLDER: dev's rows with prod's user ids, one file a table; the input of the others.
mapped_export_sql() {
  local entry
  for entry in "${columns[@]}"; do
    printf '\\copy (SELECT id,%s FROM %s ORDER BY id) TO %s/%s\n' \
      "$(sed 's/\([a-z_]*\)+/\1+3/g' <<<"${entry#*:}")" "${entry%%:*}" "$1" "${entry%%:*}"
  done
}

stage_table() {
  printf 'CREATE TEMP TABLE s_%s (LIKE %s) ON COMMIT DROP;\n' "$1" "$1"
  printf '\\copy s_%s FROM %s/%s\n' "$1" "$copies" "$1"
  printf 'ANALYZE s_%s;\n' "$1"
}

join_condition() {
  if is_join_table "$1"; then
    printf '(%s) = (%s)' "$3" "$4"
  else
    printf 't.id = s.id'
  fi
}

diff_table() {
  local on changed=false
  on=$(join_condition "$@")
  is_join_table "$1" || changed="(t.id IS NOT NULL AND ($3) IS DISTINCT FROM ($4))"
  printf 'SELECT count(*) FILTER (WHERE t.id IS NULL), count(*) FILTER (WHERE %s) FROM s_%s s LEFT JOIN %s t ON %s;\n' \
    "$changed" "$1" "$1" "$on"
  printf 'SELECT count(*) FROM %s t WHERE NOT EXISTS (SELECT FROM s_%s s WHERE %s);\n' "$1" "$1" "$on"
}

merge_table() {
  if is_join_table "$1"; then
    printf 'INSERT INTO %s (%s) SELECT %s FROM s_%s s WHERE NOT EXISTS (SELECT FROM %s t WHERE %s);\n' \
      "$1" "$2" "$4" "$1" "$1" "$(join_condition "$@")"
  else
    printf 'UPDATE %s t SET (%s) = ROW(%s) FROM s_%s s WHERE t.id = s.id AND (%s) IS DISTINCT FROM (%s);\n' \
      "$1" "$2" "$4" "$1" "$3" "$4"
    printf 'INSERT INTO %s (id,%s) SELECT s.id,%s FROM s_%s s WHERE NOT EXISTS (SELECT FROM %s t WHERE t.id = s.id);\n' \
      "$1" "$2" "$4" "$1" "$1"
  fi
}

load_table() {
  printf '\\copy %s FROM %s/%s\n' "$1" "$copies" "$1"
}

# dry_run_sql FOLDER, merge_sql FOLDER, replace_sql FOLDER: from the files of mapped_export_sql.
dry_run_sql() {
  local copies=$1
  printf 'BEGIN;\n'
  each_table stage_table
  each_table diff_table
  printf 'ROLLBACK;\n'
}

merge_sql() {
  local copies=$1
  printf 'BEGIN;\n'
  each_table stage_table
  each_table merge_table
  printf 'COMMIT;\n'
}

replace_sql() {
  local copies=$1 list
  list=$(printf ', %s' "${tables[@]}")
  printf 'BEGIN;\nTRUNCATE %s;\n' "${list#, }"
  each_table load_table
  printf 'COMMIT;\n'
}

# One line a table that is equal for equal rows, whatever ids the join rows have.
fingerprint_table() {
  local key=t.id,
  is_join_table "$1" && key=
  printf "SELECT '%s', count(*), sum(hashtextextended(ROW(%s%s)::text, 0)) FROM %s t;\n" "$1" "$key" "$3" "$1"
}
