#!/bin/sh
# The whole suite: the house rules, everything on SQLite, then the desk on PostgreSQL. Fails if any part does.
set -u

failed=0
run() { echo "--- $*"; "$@" || failed=1; }

.venv/bin/python -m tests.support.programs || exit 1
run .venv/bin/ruff check --quiet .
run .venv/bin/mypy --no-error-summary
run .venv/bin/lint-imports
# Every address asked by everybody goes ten times as fast in processes that have done nothing else yet.
doors=tests/desk/doors
for database in sqlite postgres; do run env TANTAM_TEST_DATABASE=$database .venv/bin/pytest -n 2 $doors; done
run .venv/bin/pytest -n 2 --ignore=$doors
run env TANTAM_TEST_DATABASE=postgres .venv/bin/pytest -n 2 --ignore=$doors tests/desk
exit $failed
