#!/usr/bin/env bash
# Sets the environment up in .venv, from the lock file.
#   setup.sh run   what the product needs
#   setup.sh dev   also what its tests need, system packages included where that is allowed
#   setup.sh bench the engines that the law core is measured beside, in .venv/bench
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

PATH="$PATH:/usr/sbin:/sbin"
may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
updated=no
install_packages() {
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if [ "$updated" = no ]; then $sudo apt-get update -qq; updated=yes; fi
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
want() { # want COMMAND-TEST PACKAGES…: install the packages if the test fails
  local test=$1; shift
  if eval "$test" >/dev/null 2>&1; then return; fi
  if may_install; then echo "Installing: $*"; install_packages "$@"
  else echo "Please install these system packages and try again: $*" >&2; exit 1; fi
}

python=""
for name in python3 python3.13 python3.12 python3.11; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$name; break; fi
done
if [ -z "$python" ]; then echo "Gishe needs Python 3.11 or newer." >&2; exit 1; fi
want "$python -c 'import ensurepip, venv'" python3-venv

if [ "$kind" = bench ]; then
  [ -x .venv/bench/bin/python ] || "$python" -m venv .venv/bench
  echo "Installing the engines to measure beside …"
  .venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
  touch .venv/bench.done
  exit
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
lock=requirements.lock
if [ "$kind" = dev ]; then
  lock=requirements-dev.lock
  want "command -v chromium || command -v chromium-browser" chromium
  want "command -v initdb || ls /usr/lib/postgresql/*/bin/initdb" postgresql
  want "command -v xgettext" gettext
  want "ldconfig -p | grep libatomic.so.1" libatomic1 # what drives the browser is linked to it
fi
echo "Installing Python packages …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
touch .venv/run.done
[ "$kind" = run ] || touch .venv/dev.done
