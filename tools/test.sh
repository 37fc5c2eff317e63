#!/bin/sh
# The whole suite: the house rules, all but the drills on SQLite, then the desk on PostgreSQL. Fails if any does.
set -u

failed=0
run() { echo "--- $*"; "$@" || failed=1; }

.venv/bin/python -m tests.support.programs || exit 1
run .venv/bin/ruff check --quiet .
run .venv/bin/mypy --no-error-summary
run .venv/bin/lint-imports
run .venv/bin/pytest -n 2 --ignore=tests/drills
run env TANTAM_TEST_DATABASE=postgres .venv/bin/pytest -n 2 tests/desk
exit $failed
