# Steps of a check: each runs, whatever happened to those before; their counts are added up.
# To be sourced: step NAME COMMAND ..., and at the end steps_finish.
# shellcheck shell=bash

steps_passed=0
steps_failed=0
steps_failures=()

# A command that says "N passed, N failed" counts as that many tests (its last such line holds the
# sum), any other as one.
step() {
    local name=$1 code=0 passed=0 failed=0 output counts
    shift
    output=$(mktemp)
    echo "== $name"
    "$@" </dev/null 2>&1 | tee "$output" || code=$?
    counts=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$output" | tail -n 1 || true)
    if [[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}
    elif ((code == 0)); then
        passed=1
    fi
    rm -f "$output"
    # A crash after the last count.
    if ((code != 0 && failed == 0)); then
        failed=1
    fi
    steps_passed=$((steps_passed + passed))
    steps_failed=$((steps_failed + failed))
    if ((failed > 0)); then
        steps_failures+=("$name")
    fi
}

# Prints what failed and, as the last line, the counts; fails if anything did.
steps_finish() {
    local name
    echo
    for name in "${steps_failures[@]}"; do
        echo "failed: $name"
    done
    echo "$steps_passed passed, $steps_failed failed"
    ((steps_failed == 0))
}
