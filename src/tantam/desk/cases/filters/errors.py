"""What is wrong with a filter: where, what was got, and the nearest name; the sentence is made where it is shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "too_long": _("A filter has at most %(most)s characters. Shorten it."),
    "too_many": _("A filter has at most %(most)s words. Leave some out."),
    "open_quote": _("The quotation that begins here does not end. Write a second quotation mark."),
    "no_value": _("“%(key)s:” needs a value behind the colon, without a space."),
    "unknown_key": _("There is no “%(key)s:”. You can write %(allowed)s."),
    "unknown_key_near": _("There is no “%(key)s:”. Did you mean “%(nearest)s:”?"),
    "unknown_value": _("“%(key)s:” knows no “%(got)s”. You can write %(allowed)s."),
    "unknown_value_near": _("“%(key)s:” knows no “%(got)s”. Did you mean “%(nearest)s”?"),
    "nobody": _("Nobody here is called “%(got)s”. Write a colleague's name, me or none."),
    "nobody_near": _("Nobody here is called “%(got)s”. Did you mean “%(nearest)s”?"),
    "not_a_length": _("“%(got)s” is no length of time. Write it like 30min, 2h, 7d or 3w."),
    "no_compare": _("“%(key)s:” knows no “%(compare)s”. Write the value alone."),
}


class FilterWrong(ValueError):
    """A filter that cannot be read. at: the place of the wrong word, from 0. code: one of SENTENCES."""

    def __init__(self, code: str, *, at: int, **arguments: Any) -> None:
        self.code, self.at, self.arguments = code, at, arguments
        super().__init__(code)

    def sentence(self) -> str:
        """Return what is wrong and what to write, in the active language."""
        return str(SENTENCES[self.code]) % self.arguments
