"""What is advised about a text, and whom the text is for."""

from __future__ import annotations

from dataclasses import dataclass

from tantam.plan.words import say


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a text is for.

    name: as on record, "" if nobody knows it; given, family: its parts. address: what they chose to be called (anh,
    chi, ong, ba, quy_khach, herr, frau, neutral), "" if nobody has told. called: how we call them inside a sentence.
    business: a firm. thanks_due: they are owed thanks, for it is the first answer.
    """

    name: str = ""
    given: str = ""
    family: str = ""
    address: str = ""
    called: str = ""
    business: bool = False
    thanks_due: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at. check: one of CHECKS. start, end: where in the text; both 0 for what is missing.

    got: the words there. better: what to write instead, "" where that is the writer's. clause: of the plan, if it is
    the plan's own rule.
    """

    code: str
    check: str
    start: int = 0
    end: int = 0
    got: str = ""
    better: str = ""
    clause: str = "courtesy"

    def said(self, lang: str) -> str:
        """Return the advice as a sentence."""
        return say(f"courtesy_{self.code}", lang, got=self.got, better=self.better)
