"""The one frame around every measure's SQL: which stretches, which part, by what it is cut, and how it adds up.

A measure's file yields one row per counted thing: source, case_id, instant, value (1 or 0, or minutes; NULL unknown),
since, clause, policy, version; the last three NULL where the case's opening says them. Those of `measure.NAMING` add
reference and customer of what has no case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tantam.history.events import DESK
from tantam.history.measures.definition import Definition, Kind
from tantam.history.measures.intervals import LOW_RANK
from tantam.history.measures.part import NONE, UNKNOWN, Part
from tantam.history.measures.texts import asked, naive, text

Stretch = tuple[int, datetime, datetime]  # its number, since, until
_USES = re.compile(r"^-- with: (.*)$", re.MULTILINE)

_STRETCH = "SELECT UNNEST($numbers) AS number, UNNEST($sinces) AS since, UNNEST($untils) AS until"
_HAPPENED = "counted.instant >= stretch.since AND counted.instant < stretch.until"
_STOOD = "counted.instant = stretch.until"
_OPENING = """SELECT case_id, ANY_VALUE(groups) AS groups, ANY_VALUE(NULLIF(stage, '')) AS stage,
    ANY_VALUE(NULLIF(channel, '')) AS channel, ANY_VALUE(clause) AS clause, ANY_VALUE(version) AS version,
    ANY_VALUE(reference) AS reference, ANY_VALUE(customer) AS customer
    FROM event SEMI JOIN here USING (case_id) WHERE code = 'opened' GROUP BY case_id"""
_HOLDER = """SELECT *, LEAD(instant) OVER (PARTITION BY case_id ORDER BY instant) AS next_instant
    FROM (
        SELECT event.case_id, event.instant, LAST_VALUE(event.level IGNORE NULLS) OVER so_far AS level,
            LAST_VALUE(CASE WHEN event.code IN ('taken', 'handed_over') THEN COALESCE(event.owner, '') END IGNORE NULLS)
                OVER so_far AS owner
        FROM event SEMI JOIN here USING (case_id)
        WHERE event.code IN ('opened', 'taken', 'handed_over', 'escalated')
        WINDOW so_far AS (PARTITION BY event.case_id ORDER BY event.instant, event.id)
        QUALIFY LEAD(event.instant) OVER so_far IS DISTINCT FROM event.instant
    )"""
# Whom the plan gives a case first, right after it was opened, has it from its opening.
_SERVER = """SELECT case_id, instant, clause, LEAD(instant) OVER (PARTITION BY case_id ORDER BY instant) AS next_instant
    FROM (
        SELECT event.case_id, event.clause,
            CASE WHEN event.actor = 'plan' AND ROW_NUMBER() OVER so_far = 1 THEN CAST('1970-01-01' AS TIMESTAMP)
                ELSE event.instant END AS instant
        FROM event SEMI JOIN here USING (case_id)
        WHERE event.code = 'provided'
        WINDOW so_far AS (PARTITION BY event.case_id ORDER BY event.instant, event.id)
        QUALIFY LEAD(event.instant) OVER so_far IS DISTINCT FROM event.instant
    )"""
_CLAIMS = """SELECT case_id, LIST(DISTINCT policy) AS policies
    FROM event SEMI JOIN here USING (case_id) WHERE code = 'claimed' AND policy IS NOT NULL GROUP BY case_id"""
_HELPED = """SELECT case_id, LIST(DISTINCT person) AS people
    FROM event SEMI JOIN here USING (case_id)
    WHERE code IN ('replied', 'asked', 'assistant_drafted') AND person IS NOT NULL GROUP BY case_id"""

_HELD = (
    "LEFT JOIN holder ON holder.case_id = here.case_id AND here.instant {from_on} holder.instant "
    "AND (holder.next_instant IS NULL OR holder.next_instant {beyond} here.instant)"
)

JOINS = {
    "opening": (_OPENING, "LEFT JOIN opening ON opening.case_id = here.case_id"),
    "claims": (_CLAIMS, "LEFT JOIN claims ON claims.case_id = here.case_id"),
    "holder": (_HOLDER, _HELD),
    "server": (_SERVER, _HELD.replace("holder", "server")),
    "helped": (_HELPED, "LEFT JOIN helped ON helped.case_id = here.case_id"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """How a slice is read off a counted thing: an expression, the JOINS that it needs, whether it is a list."""

    sql: str
    needs: tuple[str, ...] = ()
    many: bool = False


KEYS = {
    "group": Key(
        f"CASE WHEN opening.groups IS NULL THEN ['{UNKNOWN}'] WHEN LEN(opening.groups) = 0 THEN ['{NONE}'] "
        "ELSE opening.groups END",
        ("opening",),
        many=True,
    ),
    "stage": Key(f"COALESCE(opening.stage, '{UNKNOWN}')", ("opening",)),
    "channel": Key(f"COALESCE(opening.channel, '{UNKNOWN}')", ("opening",)),
    "level": Key(f"COALESCE(NULLIF(holder.level, ''), '{UNKNOWN}')", ("holder",)),
    "person": Key(f"COALESCE(NULLIF(holder.owner, ''), '{NONE}')", ("holder",)),
    "provider": Key(f"COALESCE(NULLIF(REPLACE(server.clause, 'providers.', ''), ''), '{NONE}')", ("server",)),
    "policy": Key(
        f"CASE WHEN here.policy IS NOT NULL THEN [here.policy] ELSE COALESCE(claims.policies, ['{NONE}']) END",
        ("claims",),
        many=True,
    ),
    "clause": Key(f"COALESCE(NULLIF(COALESCE(here.clause, opening.clause), ''), '{NONE}')", ("opening",)),
    "version": Key(f"COALESCE(CAST(COALESCE(here.version, opening.version) AS VARCHAR), '{UNKNOWN}')", ("opening",)),
    "source": Key("here.source"),
    "helper": Key("helped.people", ("helped",), many=True),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A measure over stretches and a part of the cases, ready to be added up or listed."""

    definition: Definition
    stretches: Sequence[Stretch]
    part: Part

    def counted(self, columns: str, *, needs: Sequence[str] = ()) -> str:
        """Return the WITH clause that ends in `chosen`, the counted things in this part with `columns` of them.

        needs: which of JOINS the columns read, beside those of the part.
        """
        said = self.part.said()
        joined = [each for each in JOINS if each in needs or any(each in KEYS[name].needs for name in said)]
        parts = [f"stretch AS ({_STRETCH})", *_parts(self.definition.of)]
        parts.append(f"counted AS ({text(self.definition.of)})")
        when = _STOOD if self.definition.at_end else _HAPPENED
        parts.append(f"here AS (SELECT stretch.number, counted.* FROM stretch JOIN counted ON {when})")
        parts += [f"{each} AS ({JOINS[each][0]})" for each in joined]
        # What happened at the very end of a stretch belongs to the next one.
        from_on, beyond = (">", ">=") if self.definition.at_end else (">=", ">")
        joins = "\n".join(JOINS[each][1].format(from_on=from_on, beyond=beyond) for each in joined)
        where = " AND ".join(_narrowed(name) for name in said) or "TRUE"
        parts.append(f"chosen AS (SELECT {columns} FROM here\n{joins}\nWHERE {where})")
        return "WITH " + ",\n".join(parts)

    def params(self, sql: str, **more: Any) -> dict[str, Any]:
        """Return the values of the parameters that `sql` asks for."""
        return asked(sql, self._values() | more)

    def _values(self) -> dict[str, Any]:
        definition, (first, last) = self.definition, self._bounds()
        return {
            "numbers": [number for number, _, _ in self.stretches],
            "sinces": [naive(since) for _, since, _ in self.stretches],
            "untils": [naive(until) for _, _, until in self.stretches],
            "first": naive(first),
            "last": naive(last),
            "clock": definition.clock,
            "waiting": "waiting" in definition.leaves_out,
            "within": None if definition.within is None else timedelta(minutes=definition.within),
            "topics": list(definition.topics),
            "outcomes": list(definition.outcomes),
            "promise": definition.promise,
            "desk": DESK,
            **{f"part_{name}": value for name, value in self.part.said().items()},
        }

    def _bounds(self) -> tuple[datetime, datetime]:
        """Return the first instant that matters and the one from which nothing does."""
        firsts = [until if self.definition.at_end else since for _, since, until in self.stretches]
        return min(firsts), max(until for _, _, until in self.stretches)


def summed(kind: Kind, key: str) -> str:
    """Return the query over `chosen` for rows (key, n, unknown, figure, low, high), one for each `key`.

    figure: of shares the hits, of minutes the median; low and high: of minutes, NULL for too few.
    """
    match kind:
        case Kind.SHARE:
            return (
                f"SELECT {key} AS key, COUNT(value) AS n, COUNT(*) - COUNT(value) AS unknown, "
                "COALESCE(SUM(value), 0) AS figure, NULL AS low, NULL AS high FROM chosen GROUP BY 1"
            )
        case Kind.MINUTES:
            lists = (
                f"SELECT {key} AS key, COUNT(value) AS n, COUNT(*) - COUNT(value) AS unknown, "
                "LIST_SORT(LIST(value) FILTER (WHERE value IS NOT NULL)) AS sorted FROM chosen GROUP BY 1"
            )
            return (
                "SELECT key, n, unknown, (sorted[(n + 1) // 2] + sorted[(n + 2) // 2]) / 2 AS figure, "
                f"sorted[rank] AS low, sorted[n + 1 - rank] AS high FROM (SELECT *, {LOW_RANK} AS rank FROM ({lists}))"
            )


def _narrowed(name: str) -> str:
    key = KEYS[name]
    return f"LIST_CONTAINS({key.sql}, $part_{name})" if key.many else f"{key.sql} = $part_{name}"


def _parts(name: str) -> list[str]:
    """Return the parts that a measure's file says it needs: `settled`, or its cases under another name."""
    said = _USES.search(text(name))
    used = [each.strip().partition(" as ") for each in said[1].split(",")] if said else []
    return [
        f"{other} AS (SELECT case_id FROM {each})" if other else f"{each} AS ({text(f'{each}.part')})"
        for each, _, other in used
    ]
