# Completes commands, options and files of offprint, as its own help describes them.

_offprint() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]-} help commands
  COMPREPLY=()
  commands=$("$program" help 2>/dev/null | sed -n 's/^  \([a-z]*\)  .*/\1/p')
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands help --help --version" -- "$current")
    return
  fi
  if [ "$command" = help ]; then
    [ "$COMP_CWORD" -eq 2 ] && mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    return
  fi
  help=$("$program" help "$command" 2>/dev/null) || return 0
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(grep -o -- '--[a-z][a-z0-9-]*' <<<"$help")" -- "$current")
    return
  fi
  if [ "$previous" = --role ]; then
    mapfile -t COMPREPLY < <(compgen -W "author editor administrator" -- "$current")
    return
  fi
  # “offprint user add NAME”: the words that begin a form of the command.
  if [ "$COMP_CWORD" -eq 2 ]; then
    mapfile -t COMPREPLY < <(
      compgen -W "$(sed -n "s/^\(Usage:\|      \) offprint $command \([a-z][a-z-]*\).*/\2/p" \
        <<<"$help")" -- "$current")
    [ ${#COMPREPLY[@]} -eq 0 ] || return 0
  fi
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

complete -o filenames -F _offprint offprint
