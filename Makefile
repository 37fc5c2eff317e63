# Everything that a person or a machine needs to build, run and judge Tantam.
.PHONY: setup run test lint bench prove drills mutants messages clean
.DEFAULT_GOAL := setup

BIN := .venv/bin
READY := .venv/.ready
CATALOGUES := $(wildcard src/tantam/locale/*/LC_MESSAGES/*.po)

setup: $(READY) .venv/.catalogues    # .venv with everything installed, the catalogues compiled

$(READY): pyproject.toml tools/setup.sh
	sh tools/setup.sh
	touch $@

.venv/.catalogues: $(READY) $(CATALOGUES)
	$(BIN)/python -m tools.catalogues
	touch $@

run: setup                           # database, example company with a year of life, served on :8000 (PORT=8001: there)
	exec $(BIN)/tantam demo $(if $(PORT),--port $(PORT))

test: setup                          # all but what takes long, on SQLite, then the desk on PostgreSQL
	sh tools/test.sh

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup                         # ratios against named rivals, one table
	sh tools/bench_env.sh
	var/bench-env/bin/python -m bench --write docs/benchmarks.md

prove: setup                         # what takes longer than the tests may
	TANTAM_PROVE=1 $(BIN)/pytest tests/drills tests/plan tests/history/test_wholesale.py tests/journey/test_accessible.py
	sh tools/bench_env.sh
	var/bench-env/bin/python -m bench

drills: setup                        # power cuts, full disks, held databases: 2,000 mails, 500 complaints; half an hour
	TANTAM_PROVE=1 $(BIN)/pytest tests/drills

mutants: setup                       # breaks the engine on purpose and counts what no test notices; OF=tantam.plan.run.*
	$(BIN)/mutmut run --max-children 1 $(if $(OF),"$(OF)")
	$(BIN)/python -m tools.mutants

messages: setup                      # gather what is said into the catalogues of vi and de
	$(BIN)/python -m tools.messages

clean:
	rm -rf .venv var dist build mutants
