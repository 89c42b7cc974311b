#!/usr/bin/env bash
# Install what only Debian can give, where this machine lets us; else say what goes without.
#   system-packages.sh tests                 LibreOffice (opens exported workbooks), tmux
#   system-packages.sh environment PYTHON    the venv module Debian splits from its Python
set -euo pipefail

missing=()
consequence=''
case ${1:-} in
tests)
    command -v soffice >/dev/null || missing+=(libreoffice-calc)
    command -v tmux >/dev/null || missing+=(tmux)
    consequence='the tests that need them are skipped and say so.'
    ;;
environment)
    "$2" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    consequence='without it no environment can be built.'
    ;;
*)
    echo 'usage: system-packages.sh tests | environment PYTHON' >&2
    exit 2
    ;;
esac
((${#missing[@]})) || exit 0

if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing from Debian: ${missing[*]} …"
    mkdir -p build
    export DEBIAN_FRONTEND=noninteractive
    if (apt-get update && apt-get install --yes --no-install-recommends "${missing[@]}") \
        >build/system-packages.log 2>&1; then
        exit 0
    fi
    echo 'That failed; build/system-packages.log says why.'
fi
echo "Missing from this machine: ${missing[*]}; $consequence"
