# fish completion for aggctl and kubectl-aggctl: aggctl completion fish | source

function __aggctl_complete
    # The whole words before the cursor, and the part of the last one, as they would be passed.
    set -l words (commandline --tokenize --current-process --cut-at-cursor)
    set words[1] (string replace --regex -- '^~' $HOME $words[1])
    set -l current (commandline --current-token --cut-at-cursor)
    set -l lines ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    test (count $lines) -gt 0; or return
    set -l directive (string replace ':' '' -- $lines[-1])
    # A candidate is the whole word, a value of --option=VALUE with its option.
    set -l flag (string match --regex -- '^--[^=]+=' $current; or echo '')
    set -l candidates (string match --invert --regex '^:' -- $lines)
    if test (count $candidates) -gt 0
        printf '%s\n' $flag$candidates
        return
    end
    # And FILE of -o FORMAT=FILE.
    set -l before (string match --regex -- '^(?:--[^=]+=)?(?:[a-z]+=)?' $current; or echo '')
    set -l path (string sub --start (math (string length -- $before) + 1) -- $current)
    switch $directive
        case 0
            printf '%s\n' $before(__fish_complete_path $path)
        case 16
            printf '%s\n' $before(__fish_complete_directories $path)
    end
end

complete --command aggctl --no-files --arguments '(__aggctl_complete)'
complete --command kubectl-aggctl --no-files --arguments '(__aggctl_complete)'
