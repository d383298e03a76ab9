#!/usr/bin/env bash
# Counts the instructions of a start (valgrind --tool=callgrind) and fails above the budget: what every `byline` pays before it does anything.
# Usage: scripts/startup.sh BYLINE
set -euo pipefail
byline=$1
count() { # BUDGET NAME ARGUMENTS...
    local budget=$1 name=$2; shift 2
    local said
    said=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$byline" "$@" 2>&1 >/dev/null < /dev/null)
    local instructions
    instructions=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' <<< "$said")
    printf '%-28s %12s instructions   budget %12s\n' "$name" "$instructions" "$budget"
    [[ $instructions -le $budget ]] || { echo "over the budget" >&2; exit 1; }
}
count 10000000 "--version" --version
count 60000000 "the sample as text" --format text assets/sample.txt
