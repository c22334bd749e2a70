#!/bin/bash
# Makes .venv with Python 3.11 and the locked packages: `deploy/bootstrap.sh` to run, `deploy/bootstrap.sh test` to test too.
# Called by make, which knows by the stamps in .venv whether there is anything to do.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/.."
purpose="${1:-run}"

fail() {
    printf '%s\n' "" "$@" >&2
    exit 1
}

is_python_3_11() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1
}

find_python() {
    # A version manager's stand-in may lie on the path and not run, so each is tried.
    for candidate in "${PYTHON:-python3.11}" python3.11 python3 python; do
        if is_python_3_11 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Bulletin Streams needs Python 3.11 and finds none on the path." \
        "Install it (Debian: python3.11 and python3.11-venv), or name it: make PYTHON=/path/to/python3.11 demo"
}

if ! is_python_3_11 .venv/bin/python; then
    python="$(find_python)"
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv ||
        fail "The environment .venv cannot be made: give write permission and room here, and install the part of" \
            "Python that makes environments (Debian: python3.11-venv). Then run the same command again."
fi

locks=(--requirement requirements.lock)
if [ "$purpose" = test ]; then
    locks+=(--requirement requirements-dev.lock)
fi
pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check --no-input)

echo "Installing the locked packages into .venv (about a minute the first time)"
"${pip[@]}" install --require-hashes --only-binary :all: "${locks[@]}" ||
    fail "The packages cannot be installed. Without network: connect, or set HTTPS_PROXY or PIP_INDEX_URL to what" \
        "reaches a package index, then run the same command again. Where pip names another reason, mend that first."
# The build backend is in the lock too: nothing is fetched that is not pinned.
"${pip[@]}" install --no-deps --no-build-isolation --editable . ||
    fail "The packages are there, but Bulletin Streams itself cannot be installed into .venv: see what pip says above," \
        "or begin anew with: make clean"

# Compiled now, so that a first command starts as fast as the next ones, also where Python is told to write no bytecode.
.venv/bin/python -m compileall -q -j 0 streams schemas || true

touch .venv/ready-to-run
if [ "$purpose" = test ]; then
    touch .venv/ready-to-test
fi
