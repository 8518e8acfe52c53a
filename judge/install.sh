#!/usr/bin/env sh
# Installs the judges, and this library as its users get it: packed. Expects a compiled library.
set -eu
cd "$(dirname "$0")"
cache=../.cache/judge
mkdir -p "$cache"

[ -f ../lib/index.js ] && [ -f ../.jsii ] || { echo 'The library is not compiled: npx projen compile' >&2; exit 1; }
tarball=$(cd .. && npm pack --silent --pack-destination .cache/judge)

npm ci --silent --no-audit --no-fund
# The tarball is another one every time, and a lock file would hold its hash.
npm install --silent --no-audit --no-fund --no-save --no-package-lock "$cache/$tarball"
# jsii-docgen, run in the root, would take any assembly of this name for the library's.
rm node_modules/cdk-data-tier/.jsii

[ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv"
"$cache/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
