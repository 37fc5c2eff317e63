"""What an assistant may read besides its tools: the plan as customers read it, and what each policy asks."""

from __future__ import annotations

from typing import Any

from tantam.desk.api.mcp.calling import Calling
from tantam.desk.plans.looking_up import whole

TYPE = "text/markdown"
PLAN = "tantam://plan/"


def listed(calling: Calling) -> list[dict[str, Any]]:
    """Return the resources as the protocol lists them: the published plan in each of its languages."""
    plan = calling.plan
    return [
        {
            "uri": PLAN + lang,
            "name": f"plan-{lang}",
            "title": f"{plan.company(lang)}: {plan.name}",
            "description": "The customer service plan as customers read it, with the address of each clause.",
            "mimeType": TYPE,
        }
        for lang in plan.languages
    ]


def read(calling: Calling, uri: str) -> str | None:
    """Return the text at this address, None if nothing is there."""
    lang = uri.removeprefix(PLAN)
    return whole(calling.plan, lang) if uri.startswith(PLAN) and lang in calling.plan.languages else None
