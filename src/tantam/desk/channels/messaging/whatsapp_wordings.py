"""Templates of WhatsApp as wordings: what of one the desk can fill in and send, and what its sending says.

Source: WhatsApp Business Management API, message templates; Cloud API, template messages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tantam.desk.channels.messaging.network import Finished
from tantam.desk.customers.models import Purpose
from tantam.desk.wordings.models import Wording
from tantam.desk.wordings.told import PLACE, Place, Told

FIELDS = "id,name,language,status,category,parameter_format,components"
HEAD = "head."  # before the name of a place in the headline: it counts by itself
MOST_HEAD, MOST_BODY = 60, 1024  # characters of the whole, so of one place, too
STATES = {
    "APPROVED": Wording.State.APPROVED,
    "PENDING": Wording.State.PENDING,
    "IN_APPEAL": Wording.State.PENDING,
    "REJECTED": Wording.State.REFUSED,
    "PENDING_DELETION": Wording.State.GONE,
    "DELETED": Wording.State.GONE,
}
PURPOSES = {"UTILITY": Purpose.SERVICE, "MARKETING": Purpose.MARKETING, "AUTHENTICATION": Purpose.SERVICE}
PLAIN_BUTTONS = ("QUICK_REPLY", "PHONE_NUMBER", "URL", "VOICE_CALL")


def told_of(template: Mapping[str, Any]) -> Told:
    """Return a template as it is kept. Raises KeyError, TypeError for what is none."""
    parts = {str(each["type"]).upper(): each for each in template.get("components") or ()}
    head, body = parts.get("HEADER", {}), parts.get("BODY", {})
    title = str(head.get("text") or "")
    title = PLACE.sub(lambda found: "{{" + HEAD + found[1] + "}}", title)
    said = [title, str(body.get("text") or ""), str(parts.get("FOOTER", {}).get("text") or "")]
    return Told(
        key=str(template["id"]),
        name=str(template["name"]),
        language=str(template["language"]),
        purpose=PURPOSES.get(str(template.get("category")), Purpose.MARKETING),
        state=STATES.get(str(template["status"]), Wording.State.PAUSED),
        body="\n\n".join(each for each in said if each),
        places=(*_places(title, head, MOST_HEAD), *_places(said[1], body, MOST_BODY)),
        unfit=_unfit(template, head, parts.get("BUTTONS", {})),
    )


def said_by(what: Finished) -> dict[str, Any]:
    """Return the `template` of a message: which, and what stands in its places."""
    head = [(place, words) for place, words in what.values.items() if place.startswith(HEAD)]
    body = [(place, words) for place, words in what.values.items() if not place.startswith(HEAD)]
    components = [
        {"type": kind, "parameters": [_parameter(place.removeprefix(HEAD), words) for place, words in given]}
        for kind, given in (("header", head), ("body", body))
        if given
    ]
    said: dict[str, Any] = {"name": what.name, "language": {"code": what.language}}
    return said | ({"components": components} if components else {})


def _parameter(place: str, words: str) -> dict[str, str]:
    named = {} if place.isdigit() else {"parameter_name": place}
    return {"type": "text", **named, "text": words}


def _places(text: str, part: Mapping[str, Any], most: int) -> tuple[Place, ...]:
    """Return each place once; those that are counted in the order of their numbers, as the network wants them."""
    names = list(dict.fromkeys(found[1] for found in PLACE.finditer(text)))
    if all(each.removeprefix(HEAD).isdigit() for each in names):
        names.sort(key=lambda each: int(each.removeprefix(HEAD)))
    examples = _examples(part.get("example") or {})
    return tuple(Place(each, most, examples.get(each.removeprefix(HEAD), "")) for each in names)


def _examples(example: Mapping[str, Any]) -> dict[str, str]:
    """Return {place: an example}, whichever way the places are called."""
    named = [*(example.get("body_text_named_params") or ()), *(example.get("header_text_named_params") or ())]
    found = {str(each.get("param_name")): str(each.get("example", ""))[:100] for each in named}
    counted = example.get("header_text") or next(iter(example.get("body_text") or ()), ())
    return found | {str(number): str(each)[:100] for number, each in enumerate(counted, 1)}


def _unfit(template: Mapping[str, Any], head: Mapping[str, Any], buttons: Mapping[str, Any]) -> str:
    """Return why the desk cannot send it, "" where it can: what it would have to bring besides words."""
    given = buttons.get("buttons") or ()
    if str(template.get("category")) == "AUTHENTICATION":
        return "code"
    if str(head.get("format") or "TEXT") != "TEXT":
        return "file"
    if any(str(each.get("type")) not in PLAIN_BUTTONS or re.search(r"{{", str(each.get("url", ""))) for each in given):
        return "button"
    return ""
