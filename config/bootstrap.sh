#!/bin/sh
# The steps before there is anything to run Python with: environment, installer, packages, pins.
set -eu

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# Create the virtual environment, or say in one sentence why that is impossible.
make_venv() {
    venv=$1
    python=${PYTHON:-python3}
    command -v "$python" >/dev/null 2>&1 ||
        fail "Danegeld needs Python 3.11, 3.12 or 3.13, but there is no program called $python. Install Python, or name it: make run PYTHON=/path/to/python3.12"
    "$python" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' ||
        fail "Danegeld needs Python 3.11, 3.12 or 3.13, but $python is $("$python" -c 'import platform; print(platform.python_version())'). Name another one: make run PYTHON=/path/to/python3.12"
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        fail "Python's venv module is missing. Install it, on Debian and Ubuntu with: apt install python3-venv"
    echo "Creating $venv"
    "$python" -m venv "$venv" || fail "The virtual environment $venv could not be created; the lines above say why."
}

# Install pinned packages: uv by pip, the rest by uv, and by pip where uv cannot reach the configured package source.
install() {
    venv=$1
    requirements=$2
    echo "Installing packages from $requirements"
    quiet="--quiet --disable-pip-version-check --require-hashes"
    # shellcheck disable=SC2086 # several words are meant
    "$venv/bin/python" -m pip install $quiet -r requirements-uv.txt ||
        fail "The installer could not be installed. Is the package index reachable? pip's own settings are used."
    VIRTUAL_ENV="$venv" "$venv/bin/uv" pip install --quiet --require-hashes --compile-bytecode -r "$requirements" && return
    echo "uv could not install them; trying pip, which takes longer"
    # shellcheck disable=SC2086 # several words are meant
    "$venv/bin/python" -m pip install $quiet -r "$requirements" ||
        fail "The packages of $requirements could not be installed; the lines above say why."
}

# Pin every package with hashes for all supported Pythons and systems, without naming any package index.
lock() {
    uv="$1/bin/uv"
    options="--quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-header"
    options="$options --no-emit-index-url --no-emit-find-links ${LOCK_OPTIONS:-}"
    # shellcheck disable=SC2086 # several words are meant
    echo "uv" | "$uv" pip compile $options --output-file requirements-uv.txt - >/dev/null
    # shellcheck disable=SC2086
    "$uv" pip compile $options --output-file requirements.txt pyproject.toml >/dev/null
    # shellcheck disable=SC2086
    "$uv" pip compile $options --constraint requirements.txt --group dev --output-file requirements-dev.txt pyproject.toml >/dev/null
}

case "${1:-}" in
    venv) make_venv "$2" ;;
    install) install "$2" "$3" ;;
    lock) lock "$2" ;;
    *) fail "usage: bootstrap.sh venv DIR | install DIR FILE | lock DIR" ;;
esac
