# bash completion for aggctl and kubectl-aggctl: source <(aggctl completion bash)
# Runs on bash 3.2 and later, without the package bash-completion.

__aggctl_complete() {
  local line=${COMP_LINE:0:COMP_POINT} word full flag value directive text
  local -a words=() lines=()
  # Not COMP_WORDS: bash splits those at "=", ":" and "@", which names of contexts hold.
  read -r -a words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  full=${words[${#words[@]} - 1]}
  COMPREPLY=()
  while IFS='' read -r text; do lines+=("$text"); done < <("${words[0]/#\~/$HOME}" __complete "${words[@]:1}" 2>/dev/null)
  [[ ${#lines[@]} -gt 0 ]] || return 0
  directive=${lines[${#lines[@]} - 1]#:}
  flag=
  [[ $full == --*=* ]] && flag=${full%%=*}=
  for text in "${lines[@]}"; do
    [[ $text == :* ]] && continue
    value=$flag${text%%$'\t'*}
    [[ $value == "$full"* ]] || continue
    # bash replaces what follows the last character at which it splits words: $2.
    word=${value#"${full%"$2"}"}
    printf -v word '%q' "$word"
    COMPREPLY+=("$word")
  done
  [[ ${#COMPREPLY[@]} -gt 0 ]] && return 0
  case $directive in
    0) type compopt &>/dev/null && compopt -o filenames; while IFS='' read -r text; do COMPREPLY+=("$text"); done < <(compgen -f -- "$2") ;;
    16) type compopt &>/dev/null && compopt -o filenames; while IFS='' read -r text; do COMPREPLY+=("$text"); done < <(compgen -d -- "$2") ;;
  esac
}
complete -F __aggctl_complete aggctl kubectl-aggctl
