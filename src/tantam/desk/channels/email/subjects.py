"""A case's reference in the subject of its mails: where it is written, and how it is found again."""

from __future__ import annotations

import re
from enum import StrEnum

from django.conf import settings


class Place(StrEnum):
    """Where the reference stands; as TANTAM_MAIL_REFERENCE spells it."""

    FRONT = "front"
    END = "end"
    NONE = "none"


# With what other desks and mail programs write before the #.
_REFERENCE = re.compile(r"\[\w{0,12}#([A-Z2-9]{4}-[A-Z2-9]{3})\]", re.IGNORECASE)


def subject_with(reference: str, about: str) -> str:
    """Return the subject of a mail about something, with the case's reference at its place."""
    match Place(settings.MAIL_REFERENCE):
        case Place.FRONT:
            return f"[#{reference}] {about}"
        case Place.END:
            return f"{about} [#{reference}]"
        case Place.NONE:
            return about


def reference_in(subject: str) -> str:
    """Return the first reference in a subject, "" if there is none."""
    found = _REFERENCE.search(subject)
    return found[1].upper() if found else ""


def without_reference(subject: str) -> str:
    """Return a subject without the references in it."""
    return " ".join(_REFERENCE.sub(" ", subject).split())
