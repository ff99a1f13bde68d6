#!/bin/sh
# Installs ib_async, a client of the TWS API in Python, where the tests of the TWS simulator look for it.
set -eu
venv="$(dirname "$0")/../node_modules/.cache/ib-async"
python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet ib_async==2.1.0
echo "ib_async is in $venv: npx vitest run --mode slow packages/simulators/src/tws/clients"
