"""What shows of levels and absences in the example: offers, a case that went up, an approval, somebody who is away."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tantam.desk.cases.routing.looking_around import look_around
from tantam.desk.cases.routing.route import route_case
from tantam.desk.claims.actions import ask_approval, decide_approval
from tantam.desk.claims.models import Claim
from tantam.desk.common import clock
from tantam.desk.common.errors import Refused
from tantam.desk.common.money import Money
from tantam.desk.duty.models import Absence

ASKED = (
    ("Chị mua máy thứ ba ở mình, nhận máy đúng hôm cưới con. Em xin phần hơn để giữ khách.", 3_500_000),
    ("Giao trễ hai lần, khách đã nghỉ làm cả hai ngày. Em xin bù phần đi lại.", 1_200_000),
    ("Khách ở xa, gửi máy về tốn gần bằng tiền sửa.", 2_400_000),
)
SPEAK = {"Katrin Vogt": ["de", "en"], "Trần Thị Mai": ["vi", "en"], "Đặng Thùy Linh": ["vi"]}


def show_ladder(until: datetime) -> None:
    """Make all this happen in the last hours before `until`; what does not suit the plan in force is left out."""
    people = {each.name: each for each in Person.objects.exclude(level="")}
    for name, languages in SPEAK.items():
        Person.objects.filter(name=name, languages=[]).update(languages=languages)
    with clock.set_to(until - timedelta(seconds=20)):
        _offer()
        _ask(people)
        _send_up(people)
        _go_away(until)


def _offer() -> None:
    """Offer what nobody has yet to who fits."""
    for case in Case.objects.filter(status=Case.Status.OPEN, owner=None).order_by("-id")[:40]:
        route_case({"case": case.pk})


def _ask(people: dict[str, Person]) -> None:
    """Let agents ask for approval; one of the requests is decided already."""
    agents = [each for each in people.values() if each.level == plans.in_force().levels()[0]]
    claims = Claim.objects.filter(state=Claim.State.OPEN, case__status__in=Case.UNDER_WAY).order_by("-id")[:30]
    told, made = list(ASKED), []
    for claim in claims:
        if not told or not agents:
            break
        reason, minor = told[0]
        try:
            with transaction.atomic():
                made.append(ask_approval(claim, agents[0], reason, amount=Money(minor, "VND")))
            told.pop(0)
        except Refused:
            continue
    if len(made) > 1 and (may := next((each for each in people.values() if each.level == made[-1].level), None)):
        with suppress(Refused):  # the plan may leave the example's amount to somebody else
            decide_approval(made[-1], may, "change", amount=Money(800_000, "VND"), note="Duyệt phần đi lại, đủ rồi em.")


def _send_up(people: dict[str, Person]) -> None:
    """Let a colleague and a customer each send a case up."""
    lowest = plans.in_force().levels()[0]
    cases = list(Case.objects.filter(status=Case.Status.OPEN, level=lowest, owner=None).order_by("-id")[:4])
    agent = next((each for each in people.values() if each.level == lowest), None)
    if len(cases) > 2 and agent is not None:
        actions.escalate(cases[1], agent, reason="knowledge", note="Máy đời mới, em chưa gặp lỗi này.")
        actions.ask_higher(cases[2])
        for each in cases[1:3]:
            route_case({"case": each.pk})


def _go_away(until: datetime) -> None:
    """Let those who are away have had a case that falls due before they are back: it goes to who stands in."""
    away = Absence.objects.filter(since__lte=until, until__gt=until, cancelled_at=None).select_related("person")
    for absence in away.order_by("id")[:3]:
        free = Case.objects.filter(status=Case.Status.OPEN, owner=None, next_due_at__lt=absence.until)
        case = free.order_by("id").first()
        if case is not None:
            with suppress(Refused):
                actions.take(case, absence.person)
    look_around({})
