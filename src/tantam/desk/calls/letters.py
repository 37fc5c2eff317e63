"""What a call is called in a case, in its customer's language."""

from __future__ import annotations

from django.utils.translation import gettext, override


def missed_call(number: str, lang: str) -> str:
    """Return the words of a call that nobody took."""
    with override(lang):
        return gettext("Missed call from %(number)s") % {"number": number}


def call_again(lang: str) -> str:
    """Return in what words we promise to call again."""
    with override(lang):
        return gettext("We call you again")
