# Completion of quantumnet for fish. Made by: quantumnet completion fish
# Now:        quantumnet completion fish | source
# For ever:   quantumnet completion fish > ~/.config/fish/completions/quantumnet.fish

function __quantumnet_is_first
    test (count (commandline -opc)) -eq 1
end

function __quantumnet_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test (string lower -- $words[2]) = (string lower -- $argv[1])
end

# Values: names of a kind from the snapshot or inventory on the command line, then those that are always there.
function __quantumnet_values
    if test -n "$argv[1]"
        set -l words (commandline -opc)
        set -l source
        for i in (seq (count $words))
            set -l next $words[(math $i + 1)] 2>/dev/null
            switch (string lower -- $words[$i])
                case -snapshot --snapshot -inventory --inventory
                    set source --(string lower -- (string trim -l -c - -- $words[$i])) $next
                case '--snapshot=*' '--inventory=*'
                    set source (string split -m1 = -- $words[$i])
            end
        end
        set -l typed (string split -r -m1 , -- (commandline -ct))[-1]
        quantumnet completion values $argv[1] "$typed" $source 2>/dev/null
    end
    test (count $argv) -gt 1; and printf '%s\n' $argv[2..-1]
end

# The same behind what stands before the last comma.
function __quantumnet_list
    set -l before (string match -r '^.*,' -- (commandline -ct))
    for line in ($argv)
        echo "$before$line"
    end
end

complete -c quantumnet -f
#ROWS#
