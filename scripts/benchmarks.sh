#!/usr/bin/env bash
# Run every benchmark one after another and print what it measured: benchmarks.sh PYTHON
set -euo pipefail

failed=0
for bench in tests/benchmarks/*_bench.py; do
    [[ -e $bench ]] || { echo 'There are no benchmarks yet.'; break; }
    name=${bench##*/}
    echo "== ${name%_bench.py} =="
    "$1" "$bench" || { failed=1; echo "$name ended with an error."; }
    echo
done
exit $failed
