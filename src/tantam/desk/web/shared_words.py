"""Words for what colleagues do to a case together: joined, parted, asleep, pinned, tagged, linked, filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as noop

from tantam.desk.cases.models import CaseLink, Pin
from tantam.desk.common import clock, spoken
from tantam.desk.plans import RunningPlan

ICONS = {
    "merged": "link",
    "unmerged": "undo",
    "customer_merged": "people",
    "customer_unmerged": "undo",
    "joined": "link",
    "unjoined": "undo",
    "landed": "inbox",
    "parted": "out",
    "parted_from": "out",
    "unparted": "undo",
    "snoozed": "pause",
    "woken": "clock",
    "contacts_shown": "person",
    "watched": "people",
    "unwatched": "people",
    "mentioned": "people",
    "pinned": "flag",
    "pin_settled": "check",
    "unpinned": "undo",
    "tagged": "doc",
    "untagged": "undo",
    "linked": "link",
    "unlinked": "undo",
    "filled_in": "pen",
}
SENTENCES = {
    "merged": noop("%(who)s joined it to %(reference)s"),
    "unmerged": noop("%(who)s took it apart from %(reference)s again"),
    "customer_merged": noop("%(who)s found its customer to be one with another, who stands for both"),
    "customer_unmerged": noop("%(who)s took its customer apart from the other again"),
    "joined": noop("%(who)s joined %(reference)s to it"),
    "unjoined": noop("%(who)s took %(reference)s apart from it again"),
    "landed": noop("%(customer)s wrote to a case that is joined to this one"),
    "parted": noop("%(who)s moved messages into a case of their own, %(reference)s"),
    "parted_from": noop("%(who)s made it of messages from %(reference)s"),
    "unparted": noop("%(who)s brought the messages back from %(reference)s"),
    "snoozed": noop("%(who)s put it to sleep until %(until)s"),
    "woken": noop("It woke: its time has come"),
    "contacts_shown": noop("%(who)s asked for the customer’s addresses and numbers"),
    "watched": noop("%(who)s watches it"),
    "unwatched": noop("%(who)s no longer watches it"),
    "mentioned": noop("%(who)s named in a note: %(people)s"),
    "pinned": noop("%(who)s pinned something on top"),
    "pin_settled": noop("%(who)s settled an open question"),
    "unpinned": noop("%(who)s took a pin off"),
    "tagged": noop("%(who)s tagged it %(tag)s"),
    "untagged": noop("%(who)s took the tag %(tag)s off"),
    "linked": noop("%(who)s linked it with %(reference)s"),
    "unlinked": noop("%(who)s took off the link with %(reference)s"),
    "filled_in": noop("%(who)s filled in: %(terms)s"),
}
STORY = frozenset({"merged", "unmerged", "joined", "unjoined", "parted", "parted_from", "unparted"})

_TO_A_WORD = noop("%(who)s put it to sleep until %(customer)s writes")
_QUESTION = noop("%(who)s pinned an open question")
_WOKEN = {
    "word": noop("It woke: %(customer)s wrote"),
    "owed": noop("It woke: something is due within the hour"),
    "hand": noop("%(who)s woke it"),
    "moved": noop("It woke: something happened"),
}
_SEEN_FROM_YOUNGER = {
    CaseLink.Kind.RELATED: noop("Related"),
    CaseLink.Kind.CAUSE: noop("Caused by"),
    CaseLink.Kind.FOLLOWS: noop("Follows"),
    CaseLink.Kind.SAME: noop("The same trouble"),
}
_SEEN_FROM_OLDER = _SEEN_FROM_YOUNGER | {
    CaseLink.Kind.CAUSE: noop("Caused"),
    CaseLink.Kind.FOLLOWS: noop("Followed by"),
}

LINK_CHOICES = {
    CaseLink.Kind.RELATED: noop("They have to do with each other"),
    CaseLink.Kind.SAME: noop("The same trouble"),
    CaseLink.Kind.CAUSE: noop("The older one caused the younger"),
    CaseLink.Kind.FOLLOWS: noop("The younger one follows the older"),
}


def sentence(code: str, args: Mapping[str, Any]) -> str | None:
    """Return the sentence of an event of these, untranslated; None for others."""
    if code == "snoozed" and not args.get("until"):
        return _TO_A_WORD
    if code == "pinned" and args.get("sort") == Pin.Kind.QUESTION:
        return _QUESTION
    if code == "woken" and args.get("why") in _WOKEN:
        return _WOKEN[args["why"]]
    return SENTENCES.get(code)


def arguments(args: Mapping[str, Any], names: Mapping[Any, str], plan: RunningPlan, lang: str) -> dict[str, str]:
    """Return what those sentences name, in words; a dash for what the event lacks."""
    until = args.get("until")
    people = [names[pk] for pk in args.get("people") or () if pk in names]
    filled = plan.known(args.get("facts") or {}) if "before" in args else {}
    terms = [plan.term_label(term, lang) for term in filled]
    return {
        "reference": str(args.get("reference") or "–"),
        "until": spoken.instant(datetime.fromisoformat(until), clock.now()) if until else "–",
        "people": ", ".join(people) or "–",
        "tag": f"“{args['name']}”" if args.get("name") else "–",
        "terms": ", ".join(terms) or "–",
    }


def link_word(link: CaseLink, seen_from: int) -> str:
    """Return how a linked case is called on the page of the case with the id `seen_from`, untranslated."""
    words = _SEEN_FROM_YOUNGER if link.case_id == seen_from else _SEEN_FROM_OLDER
    return words[CaseLink.Kind(link.kind)]
