#!/bin/sh
# Make the virtual environment in $1 with the first Python on this machine that the project supports.
set -eu

venv=${1:?usage: make_venv.sh DIRECTORY}
supported='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
without_venv=""

for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] || continue
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c "$supported" >/dev/null 2>&1 || continue
    if ! "$candidate" -c "import ensurepip, venv" >/dev/null 2>&1; then
        without_venv=$candidate
        continue
    fi
    echo "Making $venv with $("$candidate" --version) ..."
    exec "$candidate" -m venv "$venv"
done

if [ -n "$without_venv" ]; then
    echo "$without_venv is the right version but lacks its venv module." >&2
    echo "On Debian or Ubuntu: apt-get install python3-venv" >&2
else
    echo "Python 3.11, 3.12 or 3.13 is needed, and none was found on the PATH." >&2
    echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2
fi
exit 1
