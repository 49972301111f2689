#!/bin/sh
# Write .env for compose.yaml: the domain, where certificates come from, and two fresh secrets. Never overwrites.
#   sh scripts/make_env.sh hoc.example.vn admin@example.vn
#   sh scripts/make_env.sh hoc.lan internal
set -eu

if [ $# -ne 2 ]; then
    echo "usage: make_env.sh DOMAIN EMAIL|internal" >&2
    exit 2
fi
target=${ENV_FILE:-.env}
if [ -e "$target" ]; then
    echo "$target exists; its secrets are in use. Edit it instead." >&2
    exit 1
fi

secret() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

umask 077
cat >"$target" <<EOF
LMS_DOMAIN=$1
LMS_CERTIFICATES=$2
SECRET_KEY=$(secret)
POSTGRES_PASSWORD=$(secret)
EOF
echo "Wrote $target. Keep a copy with the backups: without SECRET_KEY everybody has to sign in again."
