#!/bin/sh
# Run every static check, show which failed, and fail if one did. BIN is the virtual environment's bin folder.
set -u

BIN=${BIN:-.venv/bin}
failed=""

step() {
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed="$failed $name"
}

step lint "$BIN/ruff" check .
step format "$BIN/ruff" format --check .
step types "$BIN/mypy"
step contracts "$BIN/lint-imports" --no-cache
step templates "$BIN/djlint" --quiet --lint lms
step translations "$BIN/python" scripts/translations.py check
step spelling "$BIN/codespell" lms tests scripts benchmarks docs README.md CONTRIBUTING.md SECURITY.md CHANGELOG.md
step migrations "$BIN/python" scripts/check_migrations.py

if [ -n "$failed" ]; then
    printf 'Failed:%s\n' "$failed" >&2
    exit 1
fi
echo "All checks passed."
