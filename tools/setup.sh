#!/bin/sh
# Make .venv with everything that running and testing need. Run again, it only brings it up to date.
set -eu

# Two at once would spoil each other's work: the second waits.
if command -v flock >/dev/null; then
    exec 9<.
    flock -n 9 || { echo "tantam: another make setup is at work here; waiting for it." >&2; flock 9; }
fi

install() {
    echo "tantam: installing $* with apt-get." >&2
    root=""
    [ "$(id -u)" = 0 ] || root="sudo"
    if ! command -v apt-get >/dev/null || { [ -n "$root" ] && ! command -v sudo >/dev/null; }; then
        echo "tantam: $* is missing and cannot be installed from here. Install it, then run make setup again." >&2
        exit 1
    fi
    $root apt-get update -q >&2 && $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for each in python3 python3.13 python3.12 python3.11; do
        if command -v "$each" >/dev/null && new_enough "$each"; then echo "$each"; return; fi
    done
    echo "tantam: no Python >= 3.11 found (python3 is $(python3 --version 2>&1 || echo missing)). Install one." >&2
    exit 1
}

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install "python$version-venv"
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi
echo "tantam: installing into .venv what is not there yet; the first time it takes a minute or two." >&2
# Dependency groups need pip >= 25.1.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
.venv/bin/python -m pip install --quiet --editable '.[anymail,desk,editor,publish,translate]' --group dev
