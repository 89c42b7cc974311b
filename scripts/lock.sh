#!/usr/bin/env bash
# Write the two locks, versions and hashes only, for every platform: lock.sh UV
# Where packages come from is this machine's own business (UV_DEFAULT_INDEX and the like).
set -euo pipefail

lock() {
    "$1" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        pyproject.toml --extra build "${@:2}"
}

lock "$1" --output-file requirements.lock
lock "$1" --extra dev --constraint requirements.lock --output-file requirements-dev.lock
