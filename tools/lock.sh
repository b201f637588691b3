#!/bin/sh
# lock.sh PYTHON: write requirements.lock and requirements-dev.lock anew from pyproject.toml, with hashes, for every platform.
set -eu

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
"$1" -m venv "$tool"
"$tool/bin/pip" install --quiet --disable-pip-version-check uv

lock() {
    "$tool/bin/uv" pip compile pyproject.toml "$@" --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-annotate --custom-compile-command "make lock"
}
lock --group build --output-file requirements.lock
lock --group dev --constraints requirements.lock --output-file requirements-dev.lock
