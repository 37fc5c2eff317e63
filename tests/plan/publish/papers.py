"""The plans that the tests publish, and a page read back into elements."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from tantam.plan.publish import Audience, body
from tantam.plan.sections import Plan
from tests.support.plans import SHOP, plan_in

ROOT = Path(__file__).parents[3]
TRIALS = ROOT.parent / "shared" / "plan-form" / "trials"
PLANS = {
    "ben-xuan": ROOT / "plans" / "ben-xuan",
    "it-service": ROOT / "plans" / "it-service",
    "hotel": ROOT / "plans" / "hotel",
    "software-house": ROOT / "plans" / "software-house",
    "weekday-team": ROOT / "plans" / "weekday-team",
    "shop": SHOP,
    **{name: TRIALS / name / "plan.yaml" for name in ("retail", "bgb") if (TRIALS / name).is_dir()},
}


def plan(name: str) -> Plan:
    return plan_in(PLANS[name])


def editions() -> list[tuple[str, str, Audience]]:
    return [(name, lang, audience) for name in PLANS for lang in plan(name).languages for audience in Audience]


def parsed(plan_: Plan, lang: str, audience: Audience) -> ElementTree.Element:
    """The article as elements; the parser refuses whatever is not well-formed."""
    return ElementTree.fromstring(body(plan_, lang, audience))


def ids(element: ElementTree.Element) -> list[str]:
    return [each.attrib["id"] for each in element.iter() if "id" in each.attrib]


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
