"""Prints an open case's id, and the place of the five-hundredth open case or so, as the inbox writes it."""

from __future__ import annotations

import django


def main() -> None:
    """Print both."""
    django.setup()
    from urllib.parse import quote

    from tantam.desk.cases.models import Case

    due = Case.objects.filter(queue="open", next_due_at__isnull=False).order_by("next_due_at", "id")
    deep = list(due[: min(5_000, max(1, due.count() // 2))])[-1]
    print(deep.pk, quote(f"open~{deep.next_due_at.isoformat()}~{deep.pk}"))


if __name__ == "__main__":
    main()
