"""What a filter may say: its keys, and the values that each takes, as the plan in force names them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tantam.desk.plans import RunningPlan, named
from tantam.folding import folded

KEYS = (
    "group",
    "promise",
    "stage",
    "severity",
    "level",
    "owner",
    "topic",
    "tag",
    "is",
    "channel",
    "language",
    "opened",
    "quiet",
    "department",
    "provider",
    "limit",
)
LENGTHS = ("promise", "opened", "quiet")
LADDERS = ("severity", "level")
COMPARED = (*LENGTHS, *LADDERS)
STATES = ("open", "waiting", "overdue", "unanswered", "snoozed", "watched", "mentioned", "reopened")
LANGUAGES = ("vi", "de", "en")
_OURS = {
    "is": STATES,
    "language": LANGUAGES,
    "limit": ("yes", "no"),
    "owner": ("me", "none"),
    "promise": ("overdue", "none"),
}
_EXTRA = {"level": {"mine": "mine"}, "department": {"none": "none"}, "provider": {"none": "none"}}
_WORDS = {
    "is:open": noop("open"),
    "is:waiting": noop("waiting for the customer"),
    "is:overdue": noop("overdue"),
    "is:unanswered": noop("not answered yet"),
    "is:snoozed": noop("asleep"),
    "is:watched": noop("watched by me"),
    "is:mentioned": noop("I was named"),
    "is:reopened": noop("reopened"),
    "owner:me": noop("me"),
    "owner:none": noop("nobody"),
    "promise:overdue": noop("overdue"),
    "promise:none": noop("nothing owed"),
    "limit:yes": noop("yes"),
    "limit:no": noop("no"),
    "language:vi": noop("Vietnamese"),
    "language:de": noop("German"),
    "language:en": noop("English"),
}
_STAGES = {"before": noop("Before the sale"), "during": noop("During the sale"), "after": noop("After the sale")}

# What a key is called in Vietnamese and German, without marks and in one word.
ALSO = {
    "nhom": "group",
    "gruppe": "group",
    "camket": "promise",
    "zusage": "promise",
    "giaidoan": "stage",
    "phase": "stage",
    "mucdo": "severity",
    "schwere": "severity",
    "cap": "level",
    "stufe": "level",
    "nguoi": "owner",
    "wer": "owner",
    "chude": "topic",
    "thema": "topic",
    "nhan": "tag",
    "schlagwort": "tag",
    "la": "is",
    "ist": "is",
    "kenh": "channel",
    "kanal": "channel",
    "ngonngu": "language",
    "sprache": "language",
    "mo": "opened",
    "offen": "opened",
    "im": "quiet",
    "still": "quiet",
    "phongban": "department",
    "abteilung": "department",
    "donvi": "provider",
    "dienstleister": "provider",
    "gioihan": "limit",
    "grenze": "limit",
}


def key(written: str) -> str:
    """Return the key that somebody wrote, in any of the languages; "" for none."""
    plain = folded(written).replace("-", "").replace("_", "")
    return plain if plain in KEYS else ALSO.get(plain, "")


def codes(plan: RunningPlan, of: str) -> tuple[str, ...]:
    """Return the codes that a key takes, in the plan's order; none for one whose values are free."""
    return _OURS[of] if of in _OURS else named.names(plan, of) if of in named.KINDS else ()


def label(plan: RunningPlan, of: str, code: str, lang: str) -> str:
    """Return how a person calls a value, in `lang`."""
    ours = of == "stage" and plan.sells and code in _STAGES
    if not ours and of in named.KINDS and code in named.names(plan, of):
        return capfirst(named.label(plan, of, code, lang))
    with translation.override(lang):
        if ours:
            return gettext(_STAGES[code])
        words = _WORDS.get(f"{of}:{code}", code)
        return gettext(words)


@lru_cache(maxsize=64)
def written(plan: RunningPlan, of: str) -> Mapping[str, str]:
    """Return {as it may be written, folded: code} of a key's values: codes, and words in every language."""
    known = {folded(label(plan, of, code, lang)): code for code in codes(plan, of) for lang in LANGUAGES}
    return known | {folded(code): code for code in codes(plan, of)} | (_EXTRA.get(of, {}))
