#!/bin/sh
# The whole suite: the house rules, everything on SQLite, then the desk on PostgreSQL. Fails if any part does.
set -u

failed=0
run() { echo "--- $*"; "$@" || failed=1; }

.venv/bin/python -m tests.support.programs || exit 1
run .venv/bin/ruff check --quiet .
run .venv/bin/mypy --no-error-summary
run .venv/bin/lint-imports
run .venv/bin/pytest -n 2
run env TANTAM_TEST_DATABASE=postgres .venv/bin/pytest -n 2 tests/desk
exit $failed
