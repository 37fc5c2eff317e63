"""What a decision comes to, as JSON: numbers with all their digits, dates and durations as ISO 8601."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from tantam.plan.dmn.feel.functions.strings import written
from tantam.plan.dmn.feel.temporal import iso
from tantam.plan.dmn.feel.values import Function, Range, plain
from tantam.plan.dmn.run import Decided
from tantam.plan.words import say

MOST_SAID = 10


def answer(decided: Decided, lang: str) -> dict[str, Any]:
    """Return {"outcome": value, "because": {decision, rules, text, tables, notes}} for `json_text`."""
    own = [each for each in decided.fired if each.owner == decided.decision]
    because: dict[str, Any] = {
        "decision": decided.decision,
        "rules": list(own[-1].rules) if own else [],
        "text": _sentences(decided, lang),
        "tables": [{"name": each.owner, "rules": list(each.rules), "ids": list(each.names)} for each in decided.fired],
    }
    if decided.notes:
        because["notes"] = [{"code": code, "where": where} for code, where in decided.notes]
    if decided.doubts:
        because["warnings"] = [f"{each.place}: {each.code} {each.sentence(lang)}" for each in decided.doubts]
    return {"outcome": decided.value, "because": because}


def _sentences(decided: Decided, lang: str) -> str:
    """Return which rules fired in which table, and what became null, in the reader's language."""
    said = [
        say("DMN_fired" if each.rules else "DMN_none", lang, where=each.owner, rules=", ".join(map(str, each.rules)))
        for each in decided.fired[:MOST_SAID]
    ]
    return " ".join([*said, *said_notes(decided, lang)])


def said_notes(decided: Decided, lang: str) -> list[str]:
    """Return what became null while it ran, and which facts were left aside."""
    return [say(f"DMN_{code}", lang, where=where) for code, where in decided.notes[:MOST_SAID]]


def json_text(value: Any, indent: str = "") -> str:
    """Return a FEEL value as JSON text; a range as FEEL writes it, a function as null."""
    inner = indent + "  "
    match value:
        case None | Function():
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case str() | int():
            return json.dumps(value, ensure_ascii=False)
        case list():
            items = [json_text(each, inner) for each in value]
            if all(len(each) < 20 for each in items) and len(items) <= 10 and not any("\n" in each for each in items):
                return "[" + ", ".join(items) + "]"
            return f"[\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}]"
        case dict():
            entries = [
                f"{json.dumps(name, ensure_ascii=False)}: {json_text(each, inner)}" for name, each in value.items()
            ]
            return f"{{\n{inner}" + f",\n{inner}".join(entries) + f"\n{indent}}}" if entries else "{}"
        case Range():
            return json.dumps(written(value), ensure_ascii=False)
    return json.dumps(iso(value))
