"""Names of people: put together in the order of their language, and whether two of them may be one person's."""

from __future__ import annotations

from tantam.desk.customers.address import family_name
from tantam.desk.customers.names import words

_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau"])
_PROBE = "an"


def is_vietnamese(family: str) -> bool:
    """Whether a family name is one of the Vietnamese, which stand first."""
    first = family.split()[:1]
    return bool(first) and family_name(f"{first[0]} {_PROBE}") == first[0]


def whole_name(family: str, given: str) -> str:
    """Return the name as its owner writes it: the Vietnamese family name first, others last.

    `Nguyễn` and `Văn An` are Nguyễn Văn An, `Weber` and `Kim` are Kim Weber.
    """
    parts = (family, given) if is_vietnamese(family) else (given, family)
    return " ".join(each for each in parts if each)


def turned(name: str) -> str:
    """Return a name that is written `Weber, Kim` as it is said; any other as it is."""
    family, comma, given = name.partition(",")
    if not comma or "," in given or not family.strip() or not given.strip():
        return name
    return whole_name(family.strip(), given.strip())


def fits(one: str, other: str, *, strictly: bool) -> bool:
    """Whether two names may be one person's: the words of the shorter are all among the other's, in any order.

    Marks, letter case and titles aside. strictly: one word alone is not enough unless it is the whole of both.
    """
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return shorter <= longer and (not strictly or len(shorter) > 1 or first == second)


def _bare(name: str) -> set[str]:
    return set(words(name)) - _TITLES
