"""Invents customers and what they bought: names in their language's order, ages, households, businesses."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from tantam.desk.demo.catalogue import Ware, wares
from tantam.desk.demo.seasons import sold_at

MAIL_HOSTS = ("mail.example", "thu.example", "post.example")
LANGUAGES = ("vi",) * 91 + ("de",) * 4 + ("en",) * 5
SHARE_OF_BUSINESSES = 0.06


@dataclass(frozen=True, slots=True)
class Buyer:
    """One invented customer. address: a form of address that they chose once, "" for most."""

    name: str
    given: str
    kind: str
    language: str
    address: str
    birth_year: int | None
    lives_alone: bool | None
    mail: str
    phone: str
    known_days: int


@dataclass(frozen=True, slots=True)
class Bought:
    """One thing bought by the buyer at this place of the list; handed over later, or None while under way."""

    number: str
    buyer: int
    ware: Ware
    ordered_at: datetime
    handed_over_at: datetime | None


def buyers(dice: Random, count: int, year: int) -> Iterator[Buyer]:
    """Yield `count` customers as of `year`; no two share a mail address or a telephone number."""
    for place in range(count):
        language = dice.choice(LANGUAGES)
        if dice.random() < SHARE_OF_BUSINESSES:
            yield _business(dice, place)
        else:
            yield _person(dice, place, language, year)


def bought(dice: Random, buyers: list[Buyer], count: int, until: datetime) -> list[Bought]:
    """Return `count` purchases up to `until`, oldest first. Everybody bought something; a few bought often."""
    goods = wares()
    weights = [each.weight for each in goods]
    who = [*range(len(buyers)), *dice.choices(range(len(buyers)), k=max(0, count - len(buyers)))]
    moments = sorted(sold_at(dice, until) for _ in who)
    dice.shuffle(who)
    return [
        Bought(
            number=f"BX-{at:%y}{place:04d}",
            buyer=buyer,
            ware=dice.choices(goods, weights)[0],
            ordered_at=at,
            handed_over_at=_handed_over(dice, at, until),
        )
        for place, (buyer, at) in enumerate(zip(who, moments, strict=True), start=1)
    ]


def _handed_over(dice: Random, ordered_at: datetime, until: datetime) -> datetime | None:
    """Half is taken along from the shop, the rest is delivered within four days."""
    at = ordered_at if dice.random() < 0.5 else ordered_at + timedelta(hours=dice.uniform(18, 96))
    return at if at <= until else None


def _person(dice: Random, place: int, language: str, year: int) -> Buyer:
    woman = dice.random() < 0.53
    name, given = _name(dice, language, woman)
    age = min(88, max(19, round(dice.gauss(41, 15))))
    old = age >= 65
    return Buyer(
        name=name,
        given=given,
        kind="person",
        language=language,
        address=_address(dice, language, woman, age),
        birth_year=year - age if dice.random() < 0.7 or old else None,
        lives_alone=dice.random() < 0.4 if old else None,
        mail="" if old and dice.random() < 0.5 else _mail(dice, name, place),
        phone=_phone(place),
        known_days=dice.randint(400, 2600),
    )


def _business(dice: Random, place: int) -> Buyer:
    names = _names()["business"]
    name = dice.choice(names["vi"]).format(word=dice.choice(names["word"]))
    return Buyer(
        name=name,
        given=name,
        kind="business",
        language="vi",
        address="quy_khach",
        birth_year=None,
        lives_alone=None,
        mail=_mail(dice, name, place),
        phone=_phone(place),
        known_days=dice.randint(400, 2600),
    )


def _name(dice: Random, language: str, woman: bool) -> tuple[str, str]:
    """Return (full name, given name): family name first in Vietnamese, last elsewhere."""
    names = _names()[language]
    given = dice.choice(names["woman" if woman else "man"])
    family = dice.choice(names["family"])
    if language != "vi":
        return f"{given} {family}", given
    middle = dice.choice(names["middle_woman" if woman else "middle_man"])
    return f"{family} {middle} {given}", given


def _address(dice: Random, language: str, woman: bool, age: int) -> str:
    """Most were never asked. Who was asked chose by age, as people do."""
    if dice.random() < 0.45 or language == "en":
        return ""
    if language == "de":
        return "frau" if woman else "herr"
    if age >= 62:
        return "ba" if woman else "ong"
    return "chi" if woman else "anh"


def _mail(dice: Random, name: str, place: int) -> str:
    words = _ascii(name).lower().replace("'", "").replace(".", "").split()
    return f"{words[-1]}.{''.join(word[0] for word in words[:-1])}{place}@{dice.choice(MAIL_HOSTS)}"


def _phone(place: int) -> str:
    """Return a Vietnamese mobile number; 7919 is prime to 10 million, so no two places get the same."""
    return f"+8490{(place + 211) * 7919 % 10_000_000:07d}"


def _ascii(text: str) -> str:
    plain = text.replace("đ", "d").replace("Đ", "D").replace("ß", "ss")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))
