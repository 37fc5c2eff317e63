"""What is known of marks: whether a case is called spam, by whose word."""

from __future__ import annotations

from tantam.desk.cases.models import Case
from tantam.desk.spam.models import Mark


def called_spam(case: Case) -> Mark | None:
    """Return the mark that calls the case spam, None where none counts."""
    return Mark.objects.filter(case=case, spam=True, undone_at=None).select_related("person").first()
