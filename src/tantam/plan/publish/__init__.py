"""The plan as people read it: a page and a Markdown file a language, and a diagram a procedure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tantam.plan.errors import UnknownName
from tantam.plan.publish.bpmn import bpmn
from tantam.plan.publish.contents import paper
from tantam.plan.publish.diagram import standalone
from tantam.plan.publish.html import article, diagram_style, style
from tantam.plan.publish.html import page as set_page
from tantam.plan.publish.markdown import markdown
from tantam.plan.publish.paper import Audience
from tantam.plan.publish.procedures import flows, tried, tries
from tantam.plan.publish.speech import Speech
from tantam.plan.sections import Plan

__all__ = ["Audience", "body", "page", "publish", "style"]


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


def publish(
    plan: Plan, to: Path, langs: Sequence[str] = (), *, audience: Audience = Audience.CUSTOMER
) -> tuple[Path, ...]:
    """Write the plan in each language and return the files written.

    langs: none means all of the plan's. The company's own language, if it is among them, stands in `to` itself, the
    others in a folder of their name: index.html, plan.md, procedures/*.svg and *.bpmn.
    Raises UnknownName for a language that is not the plan's, OSError.
    """
    chosen = [_language(plan, each) for each in langs or plan.languages]
    home = plan.languages[0] if plan.languages[0] in chosen else chosen[0]
    written: list[Path] = []
    for lang in chosen:
        folder = to if lang == home else to / lang
        others = {other: _link(lang, other, home) for other in chosen}
        sheet = paper(plan, lang, audience)
        written.append(_write(folder / "index.html", set_page(sheet, others)))
        written.append(_write(folder / "plan.md", markdown(sheet)))
        for flow in flows(Speech(plan, lang)):
            file = folder / "procedures" / flow.name
            written.append(_write(file.with_name(f"{flow.name}.svg"), standalone(flow, lang, diagram_style())))
            written.append(_write(file.with_name(f"{flow.name}.bpmn"), bpmn(plan, flow.name, lang)))
        for each in tries(Speech(plan, lang)):
            drawn = standalone(tried(Speech(plan, lang), each), lang, diagram_style()) if each.tries else ""
            written += [_write(folder / "procedures" / f"{each.name}.svg", drawn)] if drawn else []
    return tuple(written)


def _link(here: str, there: str, home: str) -> str:
    up = "" if here == home else "../"
    return f"{up}index.html" if there == home else f"{up}{there}/index.html"


def _write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _language(plan: Plan, lang: str) -> str:
    if lang not in plan.languages:
        raise UnknownName("language", lang, plan.languages)
    return lang
