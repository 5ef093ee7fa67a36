#!/usr/bin/env bash
# The layer check accepts a clean tree and names every kind of violation.
set -euo pipefail

check=$ROOT/scripts/check-layers
mkdir -p sim/base sim/plan sim/scenario sim/data sim/cli

header() {
    local guard=$1 file=$2
    shift 2
    {
        echo "/* A module. */"
        printf '#ifndef %s\n#define %s\n' "$guard" "$guard"
        (($# == 0)) || printf '#include %s\n' "$@"
        echo '#endif'
    } >"sim/$file"
}

expect_good() {
    "$check" . || { echo "refused a clean tree"; exit 1; }
}

# expect_bad FILE SENTENCE: the tree is refused with this sentence about this file, and is clean
# again without the file.
expect_bad() {
    if "$check" . >output; then
        echo "accepted: $1: $2"
        exit 1
    fi
    if ! grep -F "sim/$1" output | grep -qF "$2"; then
        cat output
        echo "expected: $1: $2"
        exit 1
    fi
    rm "sim/$1"
    expect_good
}

header BASE_ERROR_H base/error.h '<stddef.h>'
header PLAN_CURVE_H plan/curve.h '"base/error.h"'
header CLI_COMMAND_H cli/command.h '"plan/curve.h"'
printf '#include "plan/curve.h"\n\n#include "base/error.h"\n' >sim/plan/curve.c
printf '#include "base/error.h"\n#include "cli/command.h"\n' >sim/cli/command_run.c
printf '#include "cli/command.h"\n' >sim/main.c
header DATA_DEALS_H data/deals.h '"base/error.h"'
expect_good

header BASE_TEXT_H base/text.h '"plan/curve.h"'
expect_bad base/text.h 'layer base must not include "plan/curve.h"'
header BASE_TEXT_H base/text.h '<plan/curve.h>'
expect_bad base/text.h 'layer base must not include "plan/curve.h"'
header SCENARIO_TREE_H scenario/tree.h '"data/deals.h"'
expect_good
header DATA_CELL_H data/cell.h '"scenario/tree.h"'
expect_bad data/cell.h 'layer data must not include "scenario/tree.h"'
rm sim/scenario/tree.h
header BASE_TEXT_H base/text.h '"error.h"'
expect_bad base/text.h '"error.h" is not of the form'
header BASE_TEXT_H base/text.h '"../base/error.h"'
expect_bad base/text.h '"../base/error.h" is not of the form'
header BASE_TEXT_H base/text.h '"other/error.h"'
expect_bad base/text.h 'is in no known layer'
header TEXT_H base/text.h
expect_bad base/text.h 'the guard must be BASE_TEXT_H'
printf '#include "base/error.h"\n' >sim/plan/curve_fit.c
expect_bad plan/curve_fit.c 'must include a header of its own layer'
printf '#include <stddef.h>\n#include "base/error.h"\n' >sim/base/error.c
expect_bad base/error.c 'must include its own header "base/error.h" first'
printf '#include <stddef.h>\n' >sim/base/orphan.c
expect_bad base/orphan.c 'must include a header of its own layer'
mkdir sim/extra
printf 'int x;\n' >sim/extra/x.c
expect_bad extra/x.c 'is in no known layer'
