"""Prints the bytes of the whole database, and how many cases it holds."""

from __future__ import annotations

import django

SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def main() -> None:
    """Print both."""
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({SIZES[connection.vendor]}), (SELECT count(*) FROM cases_case)")
        print(*cursor.fetchone())


if __name__ == "__main__":
    main()
