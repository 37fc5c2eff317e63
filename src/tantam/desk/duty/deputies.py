"""Chains of deputies: whether an absence would close a circle at any instant."""

from __future__ import annotations

from collections.abc import Sequence

from tantam.desk.duty.models import Absence


def circle(new: Absence, others: Sequence[Absence]) -> tuple[str, ...]:
    """Return the names along a circle that `new` would close at some instant, from its person back to them; () if none.

    others: the absences that overlap `new`, with person and deputy. A circle is one only while all of its absences
    last at once.
    """
    of: dict[int, list[Absence]] = {}
    for each in others:
        of.setdefault(each.person_id, []).append(each)
    ways = [([new], new.since, new.until)]
    while ways:  # each way is longer by a person who is not on it yet, so there are finitely many
        way, since, until = ways.pop()
        last = way[-1].deputy_id
        if last is None:
            continue
        if last == new.person_id:
            return (*(each.person.name for each in way), new.person.name)
        if any(each.person_id == last for each in way):
            continue
        for each in of.get(last, ()):
            begins, ends = max(since, each.since), min(until, each.until)
            if begins < ends:
                ways.append(([*way, each], begins, ends))
    return ()
