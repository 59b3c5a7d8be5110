#compdef aggctl kubectl-aggctl
# zsh completion for aggctl and kubectl-aggctl: source <(aggctl completion zsh), after compinit, or a file _aggctl in a folder of $fpath.

_aggctl() {
  local text value description directive
  local -a lines described
  lines=("${(@f)$(${~${(Q)words[1]}} __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  directive=${lines[-1]#:}
  # What is completed of --option=VALUE is VALUE.
  compset -P '--[^=]#='
  for text in "${lines[@]}"; do
    [[ $text == :* || -z $text ]] && continue
    value=${text%%$'\t'*}
    description=${${text#"$value"}#$'\t'}
    described+=("${value//:/\\:}${description:+:$description}")
  done
  if (( ${#described} )); then
    _describe -t aggctl aggctl described
    return
  fi
  # And of -o FORMAT=FILE it is FILE.
  compset -P '[a-z]##='
  case $directive in
    0) _files ;;
    16) _files -/ ;;
  esac
}

if [[ ${funcstack[1]} == _aggctl ]]; then
  _aggctl "$@"
else
  compdef _aggctl aggctl kubectl-aggctl
fi
