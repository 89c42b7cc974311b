#!/usr/bin/env bash
# Build .venv from a lock and put the project in it: environment.sh PYTHON LOCK
set -euo pipefail

python=$1
lock=$2

if [[ -z $python ]]; then
    echo 'rasmi needs Python 3.11 or newer, and found neither python3.11 nor such a python3.' >&2
    exit 1
fi
if [[ ! -x .venv/bin/python ]]; then
    scripts/system-packages.sh environment "$python"
    echo "Building the environment in .venv with $("$python" --version) …"
    "$python" -m venv --clear .venv
else
    echo 'Bringing the environment in .venv up to the lock …'
fi
pip=(.venv/bin/python -m pip --disable-pip-version-check -qq)
"${pip[@]}" install --require-hashes -r "$lock"
"${pip[@]}" install --no-deps --no-build-isolation --no-index --editable .
