"""The actions that are right in each task, each asked for by the customer who is found as the task says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bench.stores.facts import POLICIES
from bench.stores.world import Attempt, Record, Store

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def attempts(store: Store, task: Record) -> Iterator[Attempt]:
    """Yield what is right to do in a task, in its order."""
    who, found_by = customer(store, task)
    for action in task["evaluation_criteria"]["actions"] or ():
        if action["name"] in POLICIES:
            yield Attempt(task["id"], who, found_by, action["name"], action["arguments"])


def customer(store: Store, task: Record) -> tuple[str | None, str]:
    """Return the customer of a task and how they are found: as its actions look them up, else by what they know."""
    found: tuple[str | None, str] = (None, "not_found")
    for action in task["evaluation_criteria"]["actions"] or ():
        given = action["arguments"]
        match action["name"]:
            case "find_user_id_by_email":
                found = _known(by_email(store, given["email"]), "email") or found
            case "find_user_id_by_name_zip":
                name = f"{given['first_name']} {given['last_name']}"
                found = _known(by_name_and_zip(store, name, given["zip"]), "name_and_zip") or found
    return found if found[0] else _told(store, task["user_scenario"]["instructions"])


def by_email(store: Store, email: str) -> str | None:
    """Return whose mail address it is."""
    return next((number for number, each in store.users.items() if each["email"].lower() == email.lower()), None)


def by_name_and_zip(store: Store, text: str, zip_code: str) -> str | None:
    """Return the customer whose whole name stands in `text` and who lives at the zip code."""
    return next(
        (number for number, each in store.users.items() if _named(each, text) and each["address"]["zip"] == zip_code),
        None,
    )


def _told(store: Store, told: Mapping[str, str]) -> tuple[str | None, str]:
    text = " ".join(str(each) for each in told.values() if each)
    for email in EMAIL.findall(text):
        if found := _known(by_email(store, email), "email"):
            return found
    for zip_code in re.findall(r"\b\d{5}\b", text):
        if found := _known(by_name_and_zip(store, text, zip_code), "name_and_zip"):
            return found
    return None, "not_found"


def _known(number: str | None, way: str) -> tuple[str | None, str] | None:
    return (number, way) if number else None


def _named(user: Record, text: str) -> bool:
    name = user["name"]
    return f"{name['first_name']} {name['last_name']}".lower() in text.lower()
