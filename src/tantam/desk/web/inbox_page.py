"""What the inbox's page shows: views, the filter as chips and as menus, groups of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from tantam.desk.accounts.models import Person
from tantam.desk.cases import bulk, filters, tally
from tantam.desk.cases.filters import Filter, FilterWrong, Term
from tantam.desk.cases.inbox import ASIDE, EVERY, VIEWS, InboxPage, Listing, View
from tantam.desk.cases.models import SavedView
from tantam.desk.cases.saved_views import views_for
from tantam.desk.plans import RunningPlan
from tantam.desk.web import bulk_words, inbox_words
from tantam.desk.web.doors import StaffRequest
from tantam.desk.web.rows import row_shown

MENU = "f."  # an argument `f.group=elderly` narrows by a menu
_PRESETS = ("overdue", "60", "240", "1440", "none")  # of promise, in minutes
_AGES = {"opened": (">1440", ">4320", ">10080"), "quiet": (">1440", ">4320")}


@dataclass(frozen=True, slots=True)
class InboxAsked:
    """What the address asks for. typed: the filter as written; wrong: why it cannot be read, None if it can."""

    listing: Listing
    typed: str
    wrong: FilterWrong | None

    @property
    def here(self) -> dict[str, str]:
        """The arguments of this list, from its beginning."""
        return _arguments(self.listing.view, self.typed)

    def href(self, **also: str) -> str:
        """Return where this list is, with other arguments besides."""
        return "?" + urlencode(self.here | also)


def asked(given: Mapping[str, str], person: Person, plan: RunningPlan) -> InboxAsked:
    """Return what the address asks for; an unknown view is the first one."""
    view = next((each for each in (*VIEWS, *ASIDE) if each == given.get("view")), first_view(person))
    typed = given.get("q", "").strip()
    try:
        read, wrong = _with_menus(filters.read(typed, plan), given, plan), None
    except FilterWrong as error:
        read, wrong = EVERY, error
    listing = Listing(view, read, given.get("after", ""), given.get("before", ""))
    return InboxAsked(listing, typed if wrong else read.text(), wrong)


def first_view(person: Person) -> View:
    """Who answers at a level begins with it; who manages begins with all."""
    return "level" if person.level else "all"


def chose_a_menu(given: Mapping[str, str]) -> bool:
    """Whether a menu was used, so that the address is to say the filter as typed."""
    return any(name.startswith(MENU) for name in given)


def context(request: StaffRequest, shown: InboxAsked, found: InboxPage) -> dict[str, Any]:
    """Return what the list shows."""
    plan, lang, here = _plan(request), request.LANGUAGE_CODE, shown.listing
    return {
        "asked": shown,
        "view": here.view,
        "title": inbox_words.view(here.view),
        "groups": [_group(request, found, code, rows) for code, rows in found.groups],
        "counts": {code: tally.shown(number) for code, number in found.counts.items()},
        "total": sum(found.counts.values()),
        "owed": tally.shown(sum(found.counts.values())),
        "after": shown.href(after=found.after) if found.after else "",
        "before": shown.href(before=found.before) if found.before else "",
        "beginning": shown.href() if here.after or here.before else "",
        "chips": [_chip(shown, each, plan, lang) for each in here.filter.terms],
        "clear": _href(here.view, ""),
        "wrong": _wrong(shown),
        "verbs": [(code, bulk_words.verb(code)) for code in bulk.VERBS],
    }


def rail(request: StaffRequest, shown: InboxAsked, found: InboxPage) -> dict[str, Any]:
    """Return the views to choose from, with their counts: one query."""
    counts = found.views | found.aside
    plain = not shown.listing.filter.terms

    def entry(view: View) -> dict[str, Any]:
        current = plain and not shown.wrong and view == shown.listing.view
        return {"code": view, "name": inbox_words.view(view), "count": tally.shown(counts[view]), "current": current}

    return {
        "views": [entry(view) | {"key": view[0]} for view in VIEWS],
        "aside": [entry(view) for view in ASIDE if view != "team" or request.user.team],
        "saved": [_saved(each, shown, request.user) for each in views_for(request.user)[:60]],
    }


def menus(request: StaffRequest, shown: InboxAsked) -> list[dict[str, Any]]:
    """Return the menus that write the filter: each a key with its choices, the present one marked."""
    plan, lang = _plan(request), request.LANGUAGE_CODE
    found = []
    for key in filters.KEYS:
        choices = _choices(key, plan, lang)
        if choices:
            present = next((_value(each) for each in shown.listing.filter.terms if each.key == key), "")
            listed = [(value, label, value == present) for value, label in choices]
            found.append({"key": key, "name": inbox_words.key(key), "choices": listed})
    return found


def _choices(key: str, plan: RunningPlan, lang: str) -> list[tuple[str, str]]:
    if key == "promise":
        return [(each if not each.isdecimal() else f"<{each}", _words(key, each, plan, lang)) for each in _PRESETS]
    if key in _AGES:
        return [(each, _words(key, each, plan, lang)) for each in _AGES[key]]
    return [(code, filters.label(plan, key, code, lang)) for code in filters.codes(plan, key)]


def _words(key: str, value: str, plan: RunningPlan, lang: str) -> str:
    """Return a value of a key as a chip or a menu says it."""
    if key not in filters.LENGTHS or not value.lstrip("<>=").isdecimal():
        return filters.label(plan, key, value, lang)
    length = inbox_words.length(int(value.lstrip("<>=")))
    if key == "promise":
        within = gettext("not within %(length)s") if value[0] == ">" else gettext("within %(length)s")
        return within % {"length": length}
    more = value[0] == ">"
    return (gettext("for more than %(length)s") if more else gettext("for less than %(length)s")) % {"length": length}


def _with_menus(read: Filter, given: Mapping[str, str], plan: RunningPlan) -> Filter:
    """Return the filter with what the menus chose. An empty choice takes the key away."""
    for name, value in given.items():
        key = name.removeprefix(MENU)
        if not name.startswith(MENU) or key not in filters.KEYS:
            continue
        others = replace(read, terms=tuple(each for each in read.terms if each.key != key))
        read = replace(others, terms=(*others.terms, *filters.read(f"{key}:{value}", plan).terms)) if value else others
    return read


def _value(term: Term) -> str:
    return "" if term.negated or len(term.values) > 1 else term.compare + term.values[0]


def _chip(shown: InboxAsked, term: Term, plan: RunningPlan, lang: str) -> dict[str, Any]:
    left = shown.listing.filter.without(term).text()
    return condition(term, plan, lang) | {"href": _href(shown.listing.view, left)}


def condition(term: Term, plan: RunningPlan, lang: str) -> dict[str, Any]:
    """Return one condition of a filter as a chip says it."""
    return {
        "key": inbox_words.key(term.key) if term.key else "",
        "words": ", ".join(_named(term, each, plan, lang) for each in term.values),
        "negated": term.negated,
    }


def _named(term: Term, value: str, plan: RunningPlan, lang: str) -> str:
    if term.key == "owner" and value.isdecimal():
        found = Person.objects.filter(pk=int(value)).only("name").first()
        return found.name if found else value
    if term.key in filters.LADDERS and term.compare:
        return f"{term.compare} {filters.label(plan, term.key, value, lang)}"
    return (
        _words(term.key, term.compare + value, plan, lang)
        if term.key in filters.LENGTHS
        else (filters.label(plan, term.key, value, lang) if term.key not in ("", "tag") else value)
    )


def _saved(view: SavedView, shown: InboxAsked, person: Person) -> dict[str, Any]:
    return {
        "pk": view.pk,
        "name": view.name,
        "shared": view.shared,
        "mine": view.person_id == person.pk or (view.shared and person.manages),
        "href": _href("all", view.query),
        "current": shown.listing.view == "all" and shown.typed == view.query,
    }


def _group(request: StaffRequest, found: InboxPage, code: str, rows: Any) -> dict[str, Any]:
    plan, lang = _plan(request), request.LANGUAGE_CODE
    return {
        "code": code,
        "look": inbox_words.LOOKS[code],
        "title": inbox_words.group(code),
        "hint": inbox_words.hint(code),
        "count": tally.shown(found.counts[code]),
        "rows": [row_shown(each, plan, lang) for each in rows],
    }


def _wrong(shown: InboxAsked) -> dict[str, str] | None:
    """Return what is wrong with the filter: the sentence, and what was typed, cut around the wrong word."""
    if shown.wrong is None:
        return None
    before, rest = shown.typed[: shown.wrong.at], shown.typed[shown.wrong.at :]
    word = rest.split(" ", 1)[0]
    return {"sentence": shown.wrong.sentence(), "before": before, "word": word, "behind": rest[len(word) :]}


def _href(view: str, typed: str) -> str:
    return "?" + urlencode(_arguments(view, typed))


def _arguments(view: str, typed: str) -> dict[str, str]:
    return {"view": view} | ({"q": typed} if typed else {})


def _plan(request: StaffRequest) -> RunningPlan:
    assert request.plan is not None
    return request.plan
