"""A plan's document in normal form: every value that means something, by its address; its typed tables left out.

Two documents with the same leaves say the same, however they are ordered, broken into lines or files, or written short.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tantam.plan.calendars import Hours
from tantam.plan.calendars.hours import Interval, Reckoning
from tantam.plan.checks.space.shown import shown
from tantam.plan.errors import Place
from tantam.plan.sections import Plan
from tantam.plan.sections.base import by_language
from tantam.plan.tables.expressions import parse_result
from tantam.plan.tables.reader import read_table
from tantam.plan.weekdays import DAYS

Path = tuple[str, ...]

ALIASES = {
    ("*", "name"): "label",
    ("goals", "by"): "date",
    ("measures", "excludes"): "exclusions",
    ("measures", "counts"): "of",
    ("policies", "answers_need"): "answers_pain",
    ("promises", "on"): "clock",
    ("promises", "names"): "labels",
    ("review", "cadence"): "every",
    ("review", "owners"): "owner",
}
NAMED = ("channels", "levels", "groups", "policies", "goals", "measures", "needs", "procedures", "providers")
USUAL = {
    ("policies", "granted_by"): "plan",
    ("policies", "offered"): "when_asked",
    ("promises", "when_several"): "soonest",
    ("channels", "hours"): "always",
    ("requirements", "else"): "decline",
    ("terms", "demands"): "recorded",
    ("deadlines", "first_day"): "not_counted",
    ("deadlines", "ends"): "end_of_day",
    ("deadlines", "roll"): "next_working_day",
    ("working_days", "due"): "same_time",
    ("levels", "assign"): "offer",
    ("providers", "drafts"): "approval",
    ("channels", "goes_on"): "7 days",
    ("channels", "tries_again"): "1 h",
    ("courtesy", "awake"): "2 h",
}
TEXTS = frozenset({
    "about", "aim", "ask", "because", "beyond", "care", "commitment", "discretion", "do", "duty", "help", "label",
    "minus", "mission", "pain", "plus", "tone", "trade", "unit", "words", "zero",
})  # fmt: skip
TEXT_SECTIONS = frozenset({"mission", "texts", "labels", "conduct"})
TEXTS_ABOVE = (("one_of",), ("because",))  # their values are texts, each under a key of its own
SETS = frozenset({
    "answers_pain", "channels", "exclusions", "exclusive", "group", "groups", "one_of", "outcomes", "skills",
    "some_of", "stage", "stages", "topics",
})  # fmt: skip
LANGUAGES = frozenset({"vi", "de", "en"})
NOWHERE = Place("", 1, 1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. at: where it stands, for its address. value: what is compared. text: as people read it in the plan.

    words: of a text, by language; {} for what is no text. order: whether it is only the order of what stands there.
    """

    at: Path
    value: object
    text: str
    words: Mapping[str, str]
    order: bool = False


def leaves(plan: Plan) -> dict[Path, Leaf]:
    """Return every leaf by its path; items of lists are named by what they say, so that their order tells nothing."""
    found: dict[Path, Leaf] = {}
    document = plan.document.model_dump(by_alias=True, exclude_none=True)
    for section, written in document.items():
        if section not in ("tantam", "hours", "feeds"):
            for key, leaf in _walk(_Reader(plan, section), (section,), (section,), written):
                found[key] = leaf
    for hours in plan.hours.values():
        found |= {leaf.at: leaf for leaf in _hours(hours)}
    if len(plan.levels) > 1:
        found["levels", "", "order"] = _listed(("levels",), list(plan.levels), order=True)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    plan: Plan
    section: str

    def is_text(self, path: Path) -> bool:
        """Return whether a plain string there is a text for people."""
        return path[-1] in TEXTS or self.section in TEXT_SECTIONS or "labels" in path or path[-2:-1] in TEXTS_ABOVE

    def is_table(self, path: Path) -> bool:
        """Return whether the plan has a typed table there, which is compared row by row."""
        if self.section in ("limits", "follow_ups"):
            return getattr(self.plan, self.section) is not None and len(path) <= 2
        match path:
            case ("policies", _, "must" | "decides", *_) | ("terms", _, "table"):
                return True
            case ("promises", "table") | ("promises", "tables", _):
                return True
            case ("triage", "table" | "stage" | "severity" | "level"):
                return True
            case ("policies", _, "hit") | ("triage", "hit"):
                return True
            case _:
                return False

    def key(self, path: Path, key: str) -> str:
        """Return the key's usual name where it has several."""
        if key == "name" and path[0] in NAMED and len(path) == 2:
            return ALIASES["*", "name"]
        return ALIASES.get((self.section, key), key) if len(path) <= 2 else key

    def is_usual(self, path: Path, value: str) -> bool:
        """Return whether it says what holds without it."""
        if path[0] == "policies" and path[2:] == ("pinned",):
            clause = self.plan.policies.get(path[1])
            return value == ("purchase" if clause and clause.kind == "warranty" else "case")
        return len(path) <= 3 and USUAL.get((self.section, path[-1])) == value


def _walk(reader: _Reader, key: Path, at: Path, value: Any) -> Iterator[tuple[Path, Leaf]]:
    if reader.is_table(at) or value in (None, "", [], {}):
        return
    match value:
        case dict() if _is_text(value, reader.plan):
            yield key, _text(at, {str(lang): str(each) for lang, each in value.items()})
        case dict():
            numbered = bool(value) and all(str(each).isdigit() for each in value)
            for name, each in value.items():
                known = _fingerprint(each) if numbered else reader.key(at, str(name))
                yield from _walk(reader, (*key, known), (*at, known if not numbered else str(name)), each)
            if at[0] == "procedures" and at[-1] == "steps":
                yield (*key, "", "order"), _listed(at, [str(each) for each in value], order=True)
        case list() if at == ("always",):
            yield from (((*key, normal(each)), _condition(at, n, each)) for n, each in enumerate(value))
        case list() if all(isinstance(each, str) for each in value):
            yield key, _listed(at, value)
        case list():
            for position, each in enumerate(value):
                yield from _walk(reader, (*key, _named(each)), (*at, str(position)), each)
        case bool():
            if value:
                yield key, Leaf(at, "yes", "yes", {})
        case _:
            yield from _scalar(reader, key, at, str(value))


def _condition(at: Path, position: int, written: str) -> Leaf:
    return Leaf((*at, str(position)), normal(written), _plain(written), {})


def _scalar(reader: _Reader, key: Path, at: Path, value: str) -> Iterator[tuple[Path, Leaf]]:
    if _looks_like_table(value):
        yield from _rows(key, at, value)
    elif reader.is_text(at):
        yield key, _text(at, by_language(value, reader.plan.languages))
    elif at[-1] in SETS and "," in value:
        yield key, _listed(at, [each.strip() for each in value.split(",")])
    elif not reader.is_usual(at, value):
        yield key, Leaf(at, normal(value), _plain(value), {})


def usual_value(path: Path) -> str | None:
    """Return what holds where nothing is written at an address, None where nothing does."""
    steps = [each for each in path if each]
    return USUAL.get((steps[0], steps[-1])) if len(steps) <= 3 else None


def normal(text: str) -> str:
    """Return a value or expression as it is written in normal form; what is neither with single spaces."""
    text = _plain(text)
    tree, _ = parse_result(text, NOWHERE)
    return {"true": "yes", "false": "no"}.get(text.lower(), text) if tree is None else shown(tree)


def _text(at: Path, words: Mapping[str, str]) -> Leaf:
    """Return a text; one that is the same in every language is what it says: `%` stays `%` when a language goes."""
    plain = {lang: _plain(each) for lang, each in words.items()}
    first = next(iter(plain.values()), "")
    return Leaf(at, tuple(sorted(plain.items())) if len(set(plain.values())) > 1 else first, first, plain)


def _listed(at: Path, names: list[str], *, order: bool = False) -> Leaf:
    if len(names) == 1 and not order:
        return Leaf(at, normal(names[0]), _plain(names[0]), {})
    kept = names if order or at[-1] not in SETS else sorted(names)
    return Leaf(at, tuple(kept), ", ".join(kept), {}, order)


def _is_text(value: Mapping[Any, Any], plan: Plan) -> bool:
    known = LANGUAGES | set(plan.languages)
    return all(str(key) in known and isinstance(each, str) for key, each in value.items())


def _looks_like_table(text: str) -> bool:
    first = next((line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")), "")
    return "\n" in text.strip() and "|" in text and ("=>" in first or "\\" in first)


def _rows(key: Path, at: Path, text: str) -> Iterator[tuple[Path, Leaf]]:
    """Yield the rows of a table that has no typed form, each as one value; their order counts."""
    table, _ = read_table(text, NOWHERE)
    for number, row in enumerate(table.rows if table else (), 1):
        cells = " | ".join(normal(cell.text) for cell in (*row.conditions, *row.outputs))
        name = row.name.text if row.name else str(number)
        yield (*key, name), Leaf((*at, name), cells, cells, {})


def _named(item: Any) -> str:
    """Return what an item of a list is known by: its own name, else what it says."""
    if isinstance(item, dict):
        for name in ("id", "row", "step", "key"):
            if isinstance(item.get(name), str):
                return str(item[name])
    return _fingerprint(item)


def _fingerprint(item: Any) -> str:
    return hashlib.sha256(_plain(json.dumps(item, sort_keys=True, ensure_ascii=False)).encode()).hexdigest()[:6]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _hours(hours: Hours) -> Iterator[Leaf]:
    at: Path = ("hours", hours.name)
    for day, intervals in zip(DAYS, hours.week, strict=True):
        yield Leaf((*at, day), intervals, _intervals(intervals), {})
    for date_, intervals in hours.dates:
        yield Leaf((*at, date_.isoformat()), intervals, _intervals(intervals), {})
    if hours.holidays.codes:
        yield _listed((*at, "holidays"), sorted(hours.holidays.codes))
    if hours.on_holidays:
        yield Leaf((*at, "on_holidays"), hours.on_holidays, _intervals(hours.on_holidays), {})
    for special in hours.specials:
        days = " - ".join(dict.fromkeys(_day(each) for each in (special.first, special.last)))
        name = f"lunar {days}" if special.reckoning is Reckoning.LUNAR else days
        yield Leaf((*at, name), special.opens, _intervals(special.opens), {})
    for feed in hours.feeds:
        digest = hashlib.sha256(feed.text.encode()).hexdigest()[:6]
        yield Leaf((*at, f"feed {feed.name}"), (feed.opens, digest), f"{feed.name} ({digest})", {})
    if hours.combined is not None:
        yield _listed((*at, hours.combined.how.value), [each.name for each in hours.combined.parts])


def _day(special: tuple[int, int, int]) -> str:
    """Return `2026-12-24`, or `12-24` of every year."""
    year, month, day = special
    return f"{year:04}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"


def _intervals(intervals: tuple[Interval, ...]) -> str:
    """Return the intervals as the plan writes them, `closed` if there are none."""
    return ", ".join(f"{_clock(each.start)}-{_clock(each.end)}" for each in intervals) or "closed"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24 if minutes > 1440 else minutes // 60:02d}:{minutes % 60:02d}"
