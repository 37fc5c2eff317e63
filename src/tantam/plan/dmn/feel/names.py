"""Which names an expression may use where: FEEL's names hold blanks and signs; only the scope tells them."""

from __future__ import annotations

from collections.abc import Iterable

from tantam.plan.dmn.feel.tokens import Token, words_of

MEMBERS = (
    "time offset", "start included", "end included", "year", "month", "day", "weekday", "hour", "minute", "second",
    "timezone", "days", "hours", "minutes", "seconds", "years", "months", "start", "end",
)  # fmt: skip


class Names:
    """A set of names, found by the tokens that write them; the longest wins."""

    def __init__(self, names: Iterable[str] = (), outer: Names | None = None) -> None:
        self.outer = outer
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Make the name known."""
        words = words_of(name)
        if words:
            found = self._by_first.setdefault(words[0], [])
            found.append((words, name))
            found.sort(key=lambda each: -len(each[0]))

    def match(self, tokens: tuple[Token, ...], at: int) -> tuple[str, int]:
        """Return the longest name that begins at the token, and how many tokens it takes; ("", 0) if none does."""
        best = ("", 0)
        scope: Names | None = self
        while scope is not None:
            for words, name in scope._by_first.get(tokens[at].text, ()):
                if len(words) <= best[1]:
                    break
                if tuple(each.text for each in tokens[at : at + len(words)]) == words:
                    best = (name, len(words))
                    break
            scope = scope.outer
        return best

    def all(self) -> list[str]:
        """Return every name, the nearest scope first."""
        own = [name for group in self._by_first.values() for _, name in group]
        return own + (self.outer.all() if self.outer else [])
