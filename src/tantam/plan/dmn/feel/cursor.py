"""Where a reader of FEEL text stands: its tokens, the next of them, how deep it is. Knows no expressions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tantam.plan.dmn.feel.tokens import KEYWORDS, Kind, Token, joined, tokens_of
from tantam.plan.dmn.feel.trouble import Trouble
from tantam.plan.words import Key

DEEPEST = 60  # expressions and brackets within each other


class Cursor:
    """One text while it is read."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.at = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def is_(self, *texts: str, ahead: int = 0) -> bool:
        """Return whether the token is one of these signs or keywords."""
        token = self.tokens[min(self.at + ahead, len(self.tokens) - 1)]
        return token.kind in (Kind.SYMBOL, Kind.NAME) and token.text in texts

    def take(self, *texts: str) -> str:
        """Return the sign or keyword and go on, "" if it is none of these."""
        if not self.is_(*texts):
            return ""
        self.at += 1
        return self.tokens[self.at - 1].text

    def expect(self, text: str) -> None:
        """Go past the sign or keyword. Raises Trouble."""
        if not self.take(text):
            raise self.unexpected(f"“{text}”")

    def unexpected(self, expected: str) -> Trouble:
        """Return the trouble that something else stands here."""
        got = self.now.text or Key("FEEL_end")
        return Trouble("D05", self.now.at, got=got, expected=expected)

    def end(self) -> None:
        """Raises Trouble if something is left."""
        if self.now.kind is not Kind.END:
            raise self.unexpected(Key("FEEL_end"))

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count one level. Raises Trouble beyond DEEPEST."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Trouble("D08", self.now.at, limit=DEEPEST)
        try:
            yield
        finally:
            self.depth -= 1

    def loose_name(self) -> str:
        """Read a name that nothing declares: words up to the next sign or keyword."""
        start = self.at
        while self.now.kind is Kind.NAME and (self.at == start or self.now.text not in KEYWORDS):
            self.at += 1
        if self.at == start:
            raise self.unexpected(Key("FEEL_name"))
        return joined(self.tokens[start : self.at])

    def declared(self, *ends: str) -> str:
        """Read a name that is being declared: everything up to one of the signs or keywords."""
        start = self.at
        while self.now.kind is not Kind.END and not self.is_(*ends):
            self.at += 1
        if self.at == start:
            raise self.unexpected(Key("FEEL_name"))
        return joined(self.tokens[start : self.at])
