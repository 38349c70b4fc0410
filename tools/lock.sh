#!/usr/bin/env bash
# Writes the lock files: what the product needs, what its tests need on top, and what the law core
# is measured beside (on its own). Wants uv.
set -eu
cd "$(dirname "$0")/.."
flags="--universal --generate-hashes --no-emit-index-url --no-header --quiet --python-version 3.11"
uv pip compile $flags pyproject.toml --group build -o requirements.lock
uv pip compile $flags pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
uv pip compile $flags --group bench -o requirements-bench.lock
