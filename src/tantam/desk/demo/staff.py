"""The people of the example's desk, by the levels of its plan; four of them are shown to whoever tries the demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_noop

from tantam.desk.accounts.models import Person, Role
from tantam.desk.demo import PASSWORD


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone to be made an account for. title: what they are, to be translated, for those who are shown."""

    name: str
    email: str
    level: str
    role: Role = Role.AGENT
    title: str = ""


SHOWN = (
    Colleague("Trần Thị Mai", "agent@ben-xuan.example", "agent", title=gettext_noop("Agent")),
    Colleague("Lê Quang Khải", "specialist@ben-xuan.example", "specialist", title=gettext_noop("Specialist")),
    Colleague(
        "Phạm Thu Hà", "manager@ben-xuan.example", "manager", Role.MANAGER, title=gettext_noop("Service manager")
    ),
    Colleague("Võ Minh Đức", "admin@ben-xuan.example", "", Role.ADMINISTRATOR, title=gettext_noop("Administrator")),
)
OTHERS = (
    Colleague("Nguyễn Hoàng Nam", "nam@ben-xuan.example", "agent"),
    Colleague("Đặng Thùy Linh", "linh@ben-xuan.example", "agent"),
    Colleague("Bùi Gia Bảo", "bao@ben-xuan.example", "agent"),
    Colleague("Huỳnh Ngọc Trâm", "tram@ben-xuan.example", "agent"),
    Colleague("Katrin Vogt", "katrin@ben-xuan.example", "agent"),
    Colleague("Đỗ Hữu Phước", "phuoc@ben-xuan.example", "specialist"),
    Colleague("Trương Kim Ngân", "ngan@ben-xuan.example", "director", Role.MANAGER),
)


def hire(levels: Sequence[str]) -> list[Person]:
    """Make the accounts and return the people; levels that the plan does not have become its lowest one."""
    password = make_password(PASSWORD)  # hashed once: it is meant to be slow
    people = [_person(each, levels, password) for each in (*SHOWN, *OTHERS)]
    return Person.objects.bulk_create(people)


def _person(colleague: Colleague, levels: Sequence[str], password: str) -> Person:
    lowest = levels[0] if levels else ""
    level = colleague.level if colleague.level in levels else colleague.level and lowest
    operator = colleague.role == Role.ADMINISTRATOR
    return Person(
        email=colleague.email,
        name=colleague.name,
        role=colleague.role,
        level=level,
        language="de" if colleague.name == "Katrin Vogt" else "vi",
        password=password,
        is_staff=operator,
        is_superuser=operator,
    )
