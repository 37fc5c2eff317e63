"""The people of the example's desk, by the levels of its plan; four of them are shown to whoever tries the demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from tantam.desk.accounts.models import Person, Role
from tantam.desk.demo import PASSWORD


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone to be made an account for. box: before the @. title: what they are, for those who are shown."""

    name: str
    box: str
    level: str
    role: Role = Role.AGENT
    title: str = ""


SHOWN = (
    Colleague("Trần Thị Mai", "agent", "agent", title=gettext_noop("Agent")),
    Colleague("Lê Quang Khải", "specialist", "specialist", title=gettext_noop("Specialist")),
    Colleague("Phạm Thu Hà", "manager", "manager", Role.MANAGER, title=gettext_noop("Service manager")),
    Colleague("Võ Minh Đức", "admin", "", Role.ADMINISTRATOR, title=gettext_noop("Administrator")),
)
OTHERS = (
    Colleague("Nguyễn Hoàng Nam", "nam", "agent"),
    Colleague("Đặng Thùy Linh", "linh", "agent"),
    Colleague("Bùi Gia Bảo", "bao", "agent"),
    Colleague("Huỳnh Ngọc Trâm", "tram", "agent"),
    Colleague("Katrin Vogt", "katrin", "agent"),
    Colleague("Đỗ Hữu Phước", "phuoc", "specialist"),
    Colleague("Trương Kim Ngân", "ngan", "director", Role.MANAGER),
)


def hire(levels: Sequence[str], company: str) -> list[Person]:
    """Make the accounts and return the people; levels that the plan does not have become its lowest one.

    company: whose addresses they have, such as `Bến Xuân`.
    """
    password = make_password(PASSWORD)  # hashed once: it is meant to be slow
    people = [_person(each, levels, password, house(company)) for each in (*SHOWN, *OTHERS)]
    return Person.objects.bulk_create(people)


def house(company: str) -> str:
    """Return a company's domain, one that never receives mail: `ben-xuan.example`."""
    return f"{slugify(company.replace('Đ', 'D').replace('đ', 'd')) or 'desk'}.example"


def shown() -> list[tuple[str, str]]:
    """Return (title, address) of the people that are shown to whoever tries the demo."""
    known = dict(Person.objects.filter(email__endswith=".example").values_list("name", "email"))
    return [(each.title, known[each.name]) for each in SHOWN if each.name in known]


def _person(colleague: Colleague, levels: Sequence[str], password: str, at: str) -> Person:
    lowest = levels[0] if levels else ""
    level = colleague.level if colleague.level in levels else colleague.level and lowest
    operator = colleague.role == Role.ADMINISTRATOR
    return Person(
        email=f"{colleague.box}@{at}",
        name=colleague.name,
        role=colleague.role,
        level=level,
        language="de" if colleague.name == "Katrin Vogt" else "vi",
        password=password,
        is_staff=operator,
        is_superuser=operator,
    )
