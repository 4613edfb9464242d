# The tables of the bare limits: what the database itself needs for the same work, as plain SQL in one session
# of its own client. bare_postgresql.sh and bare_mariadb.sh have the statements.
# shellcheck shell=bash
# shellcheck disable=SC2034  # for those who source this

tables=(anagrafiche_anagrafica anagrafiche_cliente anagrafiche_contattoemail anagrafiche_indirizzo
  pratiche_tipopratica pratiche_etichetta pratiche_pratica pratiche_praticanota pratiche_pratica_etichette
  pratiche_pratica_assegnatari vocititolario documenti_documento scadenze_scadenza)

# Catalogue of the sample: TABLE:COLUMN,COLUMN… without the key; a trailing + marks a column that points
# to a user or a content type, whose ids are 3 higher in prod, a trailing * one that holds
# text, a trailing # one that holds bytes.
columns=()

# Calls a function for each table with its name, its columns, those of an alias (t.a,t.b and s.a,s.b), and the
# columns with their marks.
each_table() {
  local entry list
  for entry in "${columns[@]}"; do
    list=${entry#*:}
    list=${list//[+*#]/}
    "$1" "${entry%%:*}" "$list" "t.${list//,/,t.}" "s.${list//,/,s.}" "${entry#*:}"
  done
}

is_join_table() {
  [[ $1 == pratiche_pratica_etichette || $1 == pratiche_pratica_assegnatari ]]
}
