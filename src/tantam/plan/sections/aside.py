"""What of a plan had to be set aside, so that the first mistake raises no second finding where its name is used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from tantam.plan.files import TEXTS_FILE, Source

Path = tuple[str | int, ...]
TOP_LEVEL_KEY = re.compile(r"^[\"']?([^\s#\"'\[\]{}:&*!|>%@`-][^\s:\"']*)[\"']?:(?:\s|$)", re.MULTILINE)
SECTION_OF = {
    "level": "levels",
    "hours": "hours",
    "channel": "channels",
    "group": "groups",
    "requirement": "requirements",
    "text": "texts",
    "need": "needs",
    "policy": "policies",
    "term": "terms",
    "record": "records",
    "output": "outputs",
    "measure": "measures",
}
# What an expression says of a name that no term bears; which it is depends on what stands beside the name.
OF_TERMS = ("T08", "T36", "T37")
OF_OUTPUTS = ("T16",)


@dataclass(frozen=True, slots=True)
class Aside:
    """refused: paths whose values were left out or replaced. lost: sections whose names may be missing."""

    refused: frozenset[tuple[str, ...]] = frozenset()
    lost: frozenset[str] = frozenset()

    def holds(self, path: Path) -> bool:
        """Return whether the value at `path`, or one around it, was set aside."""
        steps = _steps(path)
        return any(steps[:length] in self.refused for length in range(1, len(steps) + 1))

    def part_of(self, path: Path) -> bool:
        """Return whether the clause at `path`, or something directly in it, was set aside."""
        steps = _steps(path)
        return self.holds(path) or any(each[:-1] == steps for each in self.refused)

    def lacks(self, section: str) -> bool:
        """Return whether the section may have names that nobody could read."""
        return section in self.lost or (section,) in self.refused

    def names(self, section: str) -> list[str]:
        """Return the names of the section's clauses that were set aside."""
        return sorted(each[1] for each in self.refused if len(each) == 2 and each[0] == section)

    def excuses(self, kind: str, name: str) -> bool:
        """Return whether a name may be unknown only because of what was set aside."""
        if kind == "severity":
            return self.hides_severities()
        section = SECTION_OF.get(kind, "")
        return self.lacks(section) or (section, name) in self.refused

    def hides_severities(self) -> bool:
        """Return whether severities may be missing: they stand in what levels handle, or in a term of that name."""
        own = ("terms", "severity")
        return self.lacks("levels") or any(each[:1] == ("levels",) or each[:2] == own for each in self.refused)

    def explains(self, code: str, path: Path) -> bool:
        """Return whether a finding of the tables at `path` may come only from what was set aside."""
        terms = code in OF_TERMS and self.lacks("terms")
        outputs = code in OF_OUTPUTS and path[:1] == ("policies",) and self.lacks("outputs")
        return terms or outputs or self.holds(path)


def lost_sections(unread: Iterable[Source], sections: frozenset[str]) -> frozenset[str]:
    """Return the sections that files hold of which nothing could be read; all, where their keys do not tell."""
    lost: frozenset[str] = frozenset()
    for source in unread:
        if TEXTS_FILE.match(PurePath(source.name).name):
            lost |= {"texts"}
            continue
        keys = frozenset(TOP_LEVEL_KEY.findall(source.text))
        lost |= keys if keys and keys <= sections else sections
    return lost


def _steps(path: Path) -> tuple[str, ...]:
    return tuple(map(str, path))
