# shellcheck shell=sh disable=SC2154 # common.sh gives the names
# What the cases of anreiz payout share: plans in a scenario of their own, tables, and sums of what
# was paid. A case sources common.sh first.
cd "$folder"

# plans TEXT: a scenario my.cfg with these plans.
plans() {
    printf 'extends = [ "%s" ];\nplans = {\n%s\n};\n' "$scenario" "$1" >my.cfg
}

# table NAME ROW...: NAME.csv with these rows, the heading first.
table() {
    name=$1.csv
    shift
    printf '%s\n' "$@" >"$name"
}

# pay OPTION...: the payments of my.cfg on deals.csv in pay.csv.
pay() {
    expect 0 "$ANREIZ" payout my.cfg --deals deals.csv --format csv "$@"
    cp out pay.csv
}

# paid AMOUNT PERSON [MONTH [COMPONENT]]: the sum of pay, splits and draws; * stands for any.
paid() {
    amount=$(awk -F, -v person="$2" -v month="${3:-*}" -v component="${4:-*}" '
        NR > 1 && ($5 == "pay" || $5 == "split" || $5 == "draw") &&
            (person == "*" || $2 == person) && (month == "*" || $3 == month) &&
            (component == "*" || $4 == component) { sum += $6 }
        END { printf "%.2f", sum }' pay.csv)
    [ "$amount" = "$1" ] || {
        cat pay.csv
        fail "$2 ${3:-} ${4:-} was paid $amount instead of $1"
    }
}

# of_kind AMOUNT KIND: the sum of that kind.
of_kind() {
    amount=$(awk -F, -v kind="$2" '$5 == kind { sum += $6 } END { printf "%.2f", sum }' pay.csv)
    [ "$amount" = "$1" ] || fail "$2: $amount instead of $1"
}
