"""Sets beside each clause of the published plan how it did: used, kept, the tally; quiet where nothing happened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tantam.desk.reports.clauses import ClauseFigures, sum_of

Figures = Mapping[str, ClauseFigures]

# What the plan's publisher writes: a clause is a section with its address as id, a rule is a row with its own.
_CLAUSE = re.compile(r'(<section class="clause" id="([^"]+)">)')
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_ROW = re.compile(r'<tr id="([^"]+)">(.*?)</tr>', re.DOTALL)


def with_margin(body: str, figures: Figures, stretch: str | None) -> SafeString:
    """Return the article with its margin.

    body: HTML that the plan's publisher made and escaped. stretch: whose cases the numbers open; None: they open none.
    """
    by_anchor = {address.replace("#", "-"): (address, seen) for address, seen in figures.items()}

    def beside(head: re.Match[str]) -> str:
        seen = _together(head[2], figures)
        return head[1] + (_truth("web/truth.html", head[2], seen, stretch) if seen else "")

    def rules(table: re.Match[str]) -> str:
        return _with_rules(table[0], by_anchor, stretch)

    return mark_safe(_TABLE.sub(rules, _CLAUSE.sub(beside, body)))


def _with_rules(table: str, by_anchor: Mapping[str, tuple[str, ClauseFigures]], stretch: str | None) -> str:
    """Return the table with a last column for its rules' figures; as it was if none of them did anything."""
    if not any(row[1] in by_anchor for row in _ROW.finditer(table)):
        return table

    def told(row: re.Match[str]) -> str:
        address, seen = by_anchor.get(row[1], ("", None))
        cell = _truth("web/rule_truth.html", address, seen, stretch)
        return f'<tr id="{row[1]}">{row[2]}{cell}</tr>'

    head = render_to_string("web/rule_truth.html", {"head": True})
    return _ROW.sub(told, table.replace("</tr></thead>", f"{head}</tr></thead>", 1))


def _truth(template: str, clause: str, seen: ClauseFigures | None, stretch: str | None) -> str:
    return render_to_string(template, {"clause": clause, "seen": seen, "stretch": stretch})


def _together(clause: str, figures: Figures) -> ClauseFigures | None:
    """Return what the clause and those under its address did together, None if nothing."""
    under = [seen for address, seen in figures.items() if re.match(rf"{re.escape(clause)}(?![\w])", address)]
    return sum_of(under) if under else None
