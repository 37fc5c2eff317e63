"""What is said about the tray: its lists, and what to do about each problem."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tantam.desk.arrivals.models import Problem

VIEWS: dict[str, str | Promise] = {
    "waiting": _("To be seen to"),
    "machines": _("Written by machines, or twice"),
    "thrown": _("Thrown away"),
}
_REMEDIES: dict[str, str | Promise] = {
    Problem.AUTOMATIC: _("Nothing, unless a person wrote it: then make a case of it."),
    Problem.DUPLICATE: _("Nothing, unless it says something else: then put it to its case."),
    Problem.EMPTY: _("Look at it as it came. If there is nothing in it, throw it away."),
    Problem.NO_SENDER: _("If you know who wrote it, put it to their case. Nobody can be answered."),
    Problem.COLLEAGUE: _("Put it to the case that it is about. It stands there as a note."),
    Problem.TOO_LARGE: _("Make a case of it and ask for the files in smaller parts, or by a link."),
    Problem.TOO_OFTEN: _("If a person wrote it, make a case of it. If two machines answer each other, throw it away."),
    Problem.REFUSED: _("Look at what it says, then make a case of it or put it to one."),
    Problem.UNREADABLE: _("Save it as it came and look at it. Tell who runs this desk."),
}


def remedy(problem: str) -> str:
    """Return what to do about a problem, in the reader's words."""
    return str(_REMEDIES.get(problem, ""))
