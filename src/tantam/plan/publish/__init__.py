"""The plan as people read it: as a page, a PDF, Markdown, diagrams, tables for other tools, and calendars of hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tantam.plan.errors import UnknownName
from tantam.plan.publish.contents import paper
from tantam.plan.publish.edition import Order, edition
from tantam.plan.publish.html import article, style
from tantam.plan.publish.html import page as set_page
from tantam.plan.publish.paper import Audience
from tantam.plan.publish.shelf import put, sweep
from tantam.plan.sections import Plan

__all__ = ["Audience", "Failed", "Published", "body", "page", "publish", "style"]


def body(plan: Plan, lang: str, audience: Audience) -> str:
    """Return the plan as an HTML article for another page to hold, with ids such as `policies.exchange`.

    It needs the rules of `style()`. Raises UnknownName for a language that is not the plan's.
    """
    return article(paper(plan, _language(plan, lang), audience))


def page(plan: Plan, lang: str, audience: Audience, *, others: dict[str, str] | None = None) -> str:
    """Return the plan as a whole HTML page. others: {language: address} of the other editions.

    Raises UnknownName for a language that is not the plan's.
    """
    return set_page(paper(plan, _language(plan, lang), audience), others or {})


@dataclass(frozen=True, slots=True)
class Failed:
    """A part that could not be made or written. part: `de/plan.pdf`. problem: why."""

    part: str
    problem: Exception


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did. removed: files of an earlier run that this edition has no more; kept: such files that were
    changed by hand since, and so stay."""

    written: tuple[Path, ...]
    failed: tuple[Failed, ...] = ()
    removed: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()


def publish(
    plan: Plan,
    to: Path,
    langs: Sequence[str] = (),
    *,
    audience: Audience = Audience.CUSTOMER,
    on: date | None = None,
) -> Published:
    """Write the plan in each language: index.html, plan.pdf, plan.md, procedures/, tables/, hours/.

    langs: none means all of the plan's. The company's own language, if it is among them, stands in `to` itself, the
    others in a folder of their name. on: the day that the PDF names and whose year the calendars of hours begin with;
    without it there are none. A part that fails is told, the rest stands; the same call gives the same bytes.
    Raises UnknownName for a language that is not the plan's, OSError if the folder cannot be written to.
    """
    chosen = [_language(plan, each) for each in langs or plan.languages]
    home = plan.languages[0] if plan.languages[0] in chosen else chosen[0]
    order = Order(tuple(dict.fromkeys((home, *chosen))), audience, on)
    to.mkdir(parents=True, exist_ok=True)
    written: dict[str, str] = {}
    files: list[Path] = []
    failed: list[Failed] = []
    for folder, part, making in edition(plan, order):
        try:
            for path, content in making().items():
                file, written[folder + path] = put(to, folder + path, content)
                files.append(file)
        except Exception as problem:  # whatever is wrong with one part, the others are written
            failed.append(Failed(folder + part, problem))
    swept = sweep(to, written)
    return Published(tuple(files), tuple(failed), swept.removed, swept.kept)


def _language(plan: Plan, lang: str) -> str:
    if lang not in plan.languages:
        raise UnknownName("language", lang, plan.languages)
    return lang
