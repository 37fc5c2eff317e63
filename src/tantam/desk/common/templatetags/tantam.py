"""What templates say with: icons, promise chips, tallies, and words for time, money and shares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tantam.desk.common import clock, ledger_words, spoken

register = template.Library()

ICONS = {"owed": "ring", "soon": "clock", "broken": "cross", "waiting": "pause", "kept": "check", "withdrawn": "undo"}
TALLY = 100
NARROWEST = 160  # so that few ticks stay ticks

register.filter("span", spoken.length)
register.filter("initial", spoken.initial)
register.filter("promise_kind", ledger_words.kind)
register.filter("day_long", spoken.day_long)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return the icon as SVG; it is silent, so a word or a label stands beside it."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("tantam/icons.svg"), name)


@register.filter
def instant(at: datetime | None) -> str:
    """Return an instant as briefly as today allows; "" for none."""
    return spoken.instant(at, clock.now()) if at else ""


@register.filter
def clock_time(at: datetime) -> str:
    """Return the local time of day: `14:05`."""
    return timezone.localtime(at).strftime("%H:%M")


@register.filter
def anchor(clause: str) -> str:
    """Return the id that a clause has on the published plan."""
    return clause.replace("#", "-")


@register.filter
def breakable(clause: str) -> SafeString:
    """Return a clause's address that a line may break after a dot, and before its rule, only."""
    path, sign, rule = clause.partition("#")
    dotted = format_html_join(SafeString(".<wbr>"), "{}", ((each,) for each in path.split(".")))
    return format_html("{}<wbr>{}{}", dotted, sign, rule) if sign else dotted


@register.filter
def once(sentence: str) -> list[str]:
    """Return one sentence as the list that the piece for errors takes; none for ""."""
    return [sentence] if sentence else []


@register.filter
def day(at: datetime | None) -> str:
    """Return a date as briefly as the language writes it; "" for none."""
    return spoken.day(at, clock.now()) if at else ""


@register.filter
def money(minor: int, currency: str) -> str:
    """Return an amount in minor units as money."""
    return spoken.money(minor, currency)


@register.filter
def percent(share: float | None, digits: int = 0) -> str:
    """Return a share of 1 as per cent; a dash where nothing was measured."""
    return "–" if share is None else spoken.percent(share, digits)


@register.filter
def percent_parts(share: float, digits: int = 0) -> str:
    """Return a share of 1 in per cent without its sign, for where the sign is set apart."""
    return spoken.number(share * 100, digits)


@register.filter
def number(value: float, digits: int = 0) -> str:
    """Return a number with its groups."""
    return spoken.number(value, digits)


@register.filter
def signed(value: int) -> str:
    """Return a difference with its sign: `+41`, `−37`."""
    return ("+" if value > 0 else "−" if value < 0 else "") + spoken.number(abs(value))


@register.simple_tag(takes_context=True)
def language_link(context: Context, code: str) -> str:
    """Return the address of this page in the language `code`, its other arguments kept."""
    request = context["request"]
    asked = request.GET.copy()
    asked["lang"] = code
    return f"{request.path}?{asked.urlencode()}"


@register.inclusion_tag("tantam/pieces/up.html")
def up(place: str, label: str, *arguments: object, beside: str = "") -> dict[str, str]:
    """Return the way up from a page.

    place: the name of an address, or a path. arguments: of the address. beside: words after the link.
    """
    return {
        "href": place if place.startswith("/") else reverse(place, args=arguments),
        "label": label,
        "beside": beside,
    }


@register.inclusion_tag("tantam/pieces/chip.html")
def chip(promise: Any, because: str = "", size: str = "", words: str = "") -> dict[str, Any]:
    """Return the chip of a promise as the ledger shows it (kind, state, due_at, at, minutes, clause, share).

    because: why it is owed, said already in the page's language. words: stands on it instead of the kind's name.
    """
    now = clock.now()
    return {
        "state": promise.state,
        "icon": ICONS[promise.state],
        "word": ledger_words.state(promise.state),
        "when": ledger_words.when(promise, now),
        "what": spoken.inside(words or ledger_words.kind(promise.kind)),
        "because": because,
        "clause": promise.clause,
        "left": round(100 * (1 - promise.share)),
        "due": promise.due_at,
        "size": size,
    }


@register.inclusion_tag("tantam/pieces/tally.html")
def tally(kept: int, total: int) -> dict[str, Any]:
    """Return the tally of `kept` of `total`: one tick a case, or a hundred in their proportion; at most a hundred."""
    ticks = min(total, TALLY)
    broken = 0 if not total else min(ticks, round((total - kept) * ticks / total) or (total > kept))
    fallen = {(2 * each + 1) * ticks // (2 * broken) for each in range(broken)}
    places = [(each, each * 4 + 2) for each in range(ticks)]
    return {
        "width": max(ticks * 4, NARROWEST),
        "stand": "".join(f"M{x} 2V13" for each, x in places if each not in fallen),
        "fall": "".join(f"M{x} 15V22" for each, x in places if each in fallen),
        "kept": kept,
        "total": total,
    }
