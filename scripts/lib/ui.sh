# What the scripts say: headings, commands and results. Colours only on a terminal, and not with NO_COLOR.
# shellcheck shell=bash
# shellcheck disable=SC2034  # for those who source this

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' blue=$'\e[34m' plain=$'\e[0m'
else
  bold='' dim='' green='' red='' blue='' plain=''
fi
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]*) mark_ok='✔' mark_bad='✘' arrow='→' ;;
  *) mark_ok='ok' mark_bad='NO' arrow='->' ;;
esac

heading() {
  printf '\n%s%s%s\n\n' "$bold$blue" "$*" "$plain"
}

say() {
  printf '%s\n' "$*"
}

note() {
  printf '%s%s%s\n' "$dim" "$*" "$plain"
}

ok() {
  printf '%s%s%s %s\n' "$green" "$mark_ok" "$plain" "$*"
}

# die WHAT [HINT...]
die() {
  printf '%s%s%s %s\n' "$red" "$mark_bad" "$plain" "$1" >&2
  shift
  if (($#)); then
    printf "  $arrow %s\n" "$@" >&2
  fi
  exit 1
}

# Shows a command as one would type it, then runs it.
run() {
  printf '%s$ %s%s\n' "$bold" "$*" "$plain"
  "$@"
}

# Prints the leading comment of the calling script.
usage() {
  sed -n '2,${/^#/!q;s/^# \{0,1\}//p;}' "$0"
}
