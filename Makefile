# make run     the demo city on http://127.0.0.1:8000   (make run PORT=8123 elsewhere)
# make test    everything: SQLite, PostgreSQL, browser
# make check   lint, types, imports, templates, migrations, catalogues; changes nothing
# make fix     mend what a tool can mend
# make bench   every benchmark, the law core beside other engines (in an environment of their own)
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
export GISHE_HOME ?= var

.PHONY: run test test-sqlite test-postgresql check fix messages bench clean

run: .venv/run.done
	$(BIN)/gishe demo --port $(PORT)

.venv/run.done: requirements.lock pyproject.toml tools/setup.sh
	bash tools/setup.sh run

.venv/dev.done: requirements-dev.lock requirements.lock pyproject.toml tools/setup.sh
	bash tools/setup.sh dev

test: .venv/dev.done test-sqlite test-postgresql

test-sqlite: .venv/dev.done
	$(BIN)/gishe assets
	$(PY) -m pytest -n 3 --dist worksteal

test-postgresql: .venv/dev.done
	$(BIN)/gishe assets
	$(PY) tools/with_postgresql.py $(PY) -m pytest -n 3 --dist worksteal

check: .venv/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --check --lint --quiet gishe
	$(BIN)/vulture
	$(PY) -m django makemigrations --check --dry-run --settings config.settings
	$(PY) tools/messages.py check

fix: .venv/dev.done
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet gishe

messages: .venv/dev.done
	$(PY) tools/messages.py extract

.venv/bench.done: requirements-bench.lock tools/setup.sh
	bash tools/setup.sh bench

bench: .venv/dev.done .venv/bench.done
	$(PY) -m benchmarks

clean:
	rm -rf .venv var dist
