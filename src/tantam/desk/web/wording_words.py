"""Words for what a network approved: what a place is called, what a text is for, and how it stands with it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tantam.desk.customers.models import Purpose
from tantam.desk.wordings.models import Wording

LANGUAGES = dict(settings.LANGUAGES)
HEAD = "head."
STATES = {
    Wording.State.APPROVED: gettext_lazy("approved by the network"),
    Wording.State.PENDING: gettext_lazy("being looked at"),
    Wording.State.REFUSED: gettext_lazy("refused by the network"),
    Wording.State.PAUSED: gettext_lazy("paused by the network"),
}
UNFIT = {
    "code": gettext_lazy("a code for signing in; the desk sends none"),
    "file": gettext_lazy("wants a picture, file or place in its headline; send it from the network itself"),
    "button": gettext_lazy("has a button that wants words of its own; send it from the network itself"),
}


def purpose(wording: Wording) -> str:
    """Return what it is for."""
    return str(Purpose(wording.purpose).label)


def state(wording: Wording) -> str:
    """Return how it stands with the network, and why the desk cannot send it."""
    said = str(STATES.get(Wording.State(wording.state), ""))
    return f"{said}; {UNFIT[wording.unfit]}" if wording.unfit in UNFIT else said


def language(wording: Wording) -> str:
    """Return the name of its language, else as the network writes it."""
    return str(LANGUAGES.get(wording.language.replace("-", "_").partition("_")[0], wording.language))


def place(name: str) -> str:
    """Return what a place is called: by its number, or by its name as people write it."""
    at = name.removeprefix(HEAD)
    if at.isdigit():
        said = _("Headline, place %(number)s") if at != name else _("Place %(number)s")
        return said % {"number": at}
    return at.replace("_", " ")
