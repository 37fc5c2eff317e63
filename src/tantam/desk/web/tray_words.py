"""What is said about the tray: its lists, what to do about each problem, and why something was taken for spam."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tantam.desk.arrivals.models import Arrival, Problem

VIEWS: dict[str, str | Promise] = {
    "waiting": _("To be seen to"),
    "spam": _("Stopped as spam"),
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
    Problem.DOUBTFUL: _("Read it: let it in, or say that it is spam. Its promises count from when it came."),
    Problem.SPAM: _("Nothing, unless a person wrote it: then let it in. It is deleted 30 days after it came."),
    Problem.REFUSED: _("Look at what it says, then make a case of it or put it to one."),
    Problem.UNREADABLE: _("Save it as it came and look at it. Tell who runs this desk."),
}


SIGNS: dict[str, str | Promise] = {
    "trapped": _("a hidden field was filled in"),
    "too_fast": _("it was sent faster than people write"),
    "no_proof": _("no browser did the sum that was asked for"),
    "bad_proof": _("the sum that was asked for is wrong"),
    "said_before": _("the same words came several times"),
    "only_links": _("hardly anything but links"),
    "shortened": _("a link that hides where it leads"),
    "odd_host": _("a link to an address that mostly spam uses"),
    "markup": _("code of a forum or a page"),
    "messenger": _("it leads to a messenger"),
    "hidden": _("letters that nobody sees"),
    "mixed_script": _("letters of two scripts in one word"),
    "gibberish": _("letters without words"),
    "repeats": _("one sentence again and again"),
    "link_as_name": _("a link in the place of a name"),
}


def because_of(arrival: Arrival) -> str:
    """Return why it was held, in the reader's words; "" where that is not said."""
    return said_of(arrival.because)


def said_of(because: Mapping[str, Any]) -> str:
    """Return what spoke for spam: links, signs, then words, as one line."""
    links, words = int(because.get("links", 0)), because.get("words", ())
    parts = [ngettext("%(n)d link", "%(n)d links", links) % {"n": links}] if links else []
    parts += [str(SIGNS[each]) for each in because.get("signs", ()) if each in SIGNS]
    if words:
        parts.append(gettext("words: %(words)s") % {"words": ", ".join(words)})
    return "; ".join(parts)


def remedy(problem: str) -> str:
    """Return what to do about a problem, in the reader's words."""
    return str(_REMEDIES.get(problem, ""))
