"""Runs one call of a tool, and writes down that it was made: what is done and its record stand or fall together."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from tantam.desk.api.mcp import answering, choosing, customers, deciding, filing, following, knowledge  # noqa: F401 - tools
from tantam.desk.api.mcp.calling import TOOLS, Calling, Tool
from tantam.desk.api.mcp.refusals import SAID, Refusal, refusal_of
from tantam.desk.assistants.actions import Done, note_doing, note_refusal
from tantam.desk.assistants.models import Doing
from tantam.desk.assistants.whom import refuse_if_stopped, scope
from tantam.desk.common import rate

LEAVES = "hand_over"  # whoever may do nothing else may still call a person
ACTED = rate.Rate("assistant", 20 * settings.FILED_PER_HOUR)
_log = logging.getLogger(__name__)
FAILED = Refusal("failed", "This did not work, and nothing was done.", next="Call hand_over, or try again later.")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended. told: as JSON. text: the same for who reads text alone."""

    told: dict[str, Any]
    text: str
    refused: bool = False


class UnknownTool(Exception):
    """A tool that is not there."""


def call(calling: Calling, name: str, arguments: dict[str, Any]) -> Ended:
    """Return what the tool answers, or why it does not. Raises UnknownTool."""
    tool = TOOLS.get(name)
    if tool is None:
        raise UnknownTool(name)
    began = monotonic()
    with translation.override(calling.lang):
        try:
            told = _done(tool, calling, arguments, began)
        except SAID as refused:
            return _refused(tool, calling, refusal_of(refused, calling), began)
        except Exception:  # whatever broke, the assistant is told no more than that, and the record stands
            _log.exception("The tool %s failed.", name)
            note_doing(calling.assistant, _ended(tool, calling, Doing.Outcome.FAILED, began))
            return Ended(FAILED.told, FAILED.text, refused=True)
    return Ended(told, json.dumps(told, ensure_ascii=False))


def _done(tool: Tool, calling: Calling, arguments: dict[str, Any], began: float) -> dict[str, Any]:
    scope(calling.assistant, calling.plan)
    asked = tool.asks.model_validate(arguments)
    if tool.reads:  # no lock is held while the plan is asked
        told = tool.do(calling, asked).model_dump(mode="json")
        note_doing(calling.assistant, _ended(tool, calling, Doing.Outcome.DONE, began))
        return told
    if tool.name != LEAVES:
        refuse_if_stopped(calling.assistant)
    with rate.counted((ACTED, calling.key)):
        told = tool.do(calling, asked).model_dump(mode="json")
        note_doing(calling.assistant, _ended(tool, calling, Doing.Outcome.DONE, began))
    return told


def _refused(tool: Tool, calling: Calling, refusal: Refusal, began: float) -> Ended:
    with transaction.atomic():
        ended = _ended(tool, calling, Doing.Outcome.REFUSED, began, refusal)
        note_doing(calling.assistant, ended)
        if calling.case is not None:
            about = {"tool": tool.name, "code": refusal.code, "clause": refusal.clause}
            note_refusal(calling.case, calling.assistant, **about)
    return Ended(refusal.told, refusal.text, refused=True)


def _ended(tool: Tool, calling: Calling, outcome: Doing.Outcome, began: float, refusal: Refusal | None = None) -> Done:
    customer = calling.customer or calling.assistant.customer
    return Done(
        tool.name,
        outcome,
        milliseconds=round((monotonic() - began) * 1000),
        case=calling.case,
        customer=customer,
        code=refusal.code if refusal else "",
        clause=refusal.clause if refusal else "",
    )
