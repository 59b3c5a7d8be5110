/** The scripts that tell a shell how to complete aggctl: each asks `aggctl __complete WORDS…`, as kubectl does. Pure. */

/** bash parts words at `=` and `:`, and replaces the last part alone. */
const bash = `# aggctl completion bash: source it from ~/.bashrc
_aggctl() {
  local text=\${COMP_LINE:0:COMP_POINT} directive='' line current cut
  local -a words
  read -ra words <<< "$text"
  [[ $text == *[[:space:]] ]] && words+=('')
  current=\${words[\${#words[@]} - 1]}
  cut=\${current%"\${current##*[=:]}"}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :*) directive=\${line#:} ;;
      *)
        line=\${line%%$'\\t'*}
        COMPREPLY+=("\${line#"$cut"}")
        ;;
    esac
  done < <("$1" __complete "\${words[@]:1}" 2> /dev/null)
  local kind=''
  case $directive in
    0) kind=-f ;;
    16) kind=-d ;;
  esac
  if [[ $kind ]]; then
    compopt -o filenames
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen $kind -- "\${current#"$cut"}")
  fi
}
complete -F _aggctl aggctl kubectl-aggctl
`;

const zsh = `#compdef aggctl kubectl-aggctl
# aggctl completion zsh: save it as _aggctl in a folder of $fpath
_aggctl() {
  local line directive=''
  local -a values
  for line in "\${(@f)$($words[1] __complete "\${(@)words[2,CURRENT]}" 2> /dev/null)}"; do
    case $line in
      (:*) directive=\${line#:} ;;
      (*$'\\t'*) values+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#values )) && _describe -V value values
  case $directive in
    (0) compset -P '*='; _files ;;
    (16) compset -P '*='; _files -/ ;;
  esac
}
if [[ $funcstack[1] == _aggctl ]]; then _aggctl "$@"; else compdef _aggctl aggctl kubectl-aggctl; fi
`;

const fish = `# aggctl completion fish: save it as ~/.config/fish/completions/aggctl.fish
function __aggctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test -n "$current"; or set current ''
    set -l directive
    for line in (command $words[1] __complete $words[2..-1] $current 2>/dev/null)
        if string match -q ':*' -- $line
            set directive $line
        else
            echo $line
        end
    end
    switch "$directive"
        case :0
            __fish_complete_path (string replace -r '^--[^=]*=' '' -- $current)
        case :16
            __fish_complete_directories (string replace -r '^--[^=]*=' '' -- $current)
    end
end
complete -c aggctl -f -k -a '(__aggctl_complete)'
complete -c kubectl-aggctl -f -k -a '(__aggctl_complete)'
`;

const powershell = `# aggctl completion powershell: add to $PROFILE: aggctl completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName aggctl, kubectl-aggctl -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '' }
  & $commandAst.CommandElements[0].ToString() __complete @words 2>$null | Where-Object { $_ -notmatch '^:' } | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if (-not $description) { $description = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
  }
}
`;

const scripts: Readonly<Record<string, string>> = { bash, zsh, fish, powershell };
export const shells = Object.keys(scripts);
/** `shell` is one of `shells`. */
export const scriptOf = (shell: string): string => scripts[shell] ?? '';
