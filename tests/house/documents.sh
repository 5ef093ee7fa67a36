#!/usr/bin/env bash
# What documents point at is there, and every scenario is named in the README.
set -euo pipefail

bad=0
for document in "$ROOT"/*.md "$ROOT"/docs/*.md; do
    folder=$(dirname "$document")
    while IFS= read -r target; do
        target=${target%%#*}
        if [[ -n $target && $target != *://* && ! -e $folder/$target ]]; then
            echo "$document points at $target, which is not there"
            bad=1
        fi
    done < <(tr '\n' ' ' <"$document" | grep -oE '\]\([^) ]+\)' | sed 's/^](//; s/)$//')
done
for scenario in "$ROOT"/scenarios/*.cfg; do
    name=$(basename "$scenario" .cfg)
    if ! grep -q "$name" "$ROOT/README.md"; then
        echo "README.md does not name $name"
        bad=1
    fi
done
exit "$bad"
