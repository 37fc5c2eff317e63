"""What changes in the example's plan: a version before the year, and a directive that has just begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import ZipFile

from tantam.desk.accounts.models import Person
from tantam.desk.common import clock
from tantam.desk.plans import RunningPlan
from tantam.desk.plans.actions import NewDirective, acknowledge, direct, enact
from tantam.desk.plans.bringing import Brought, plan_of, sources_of
from tantam.desk.plans.guided import closing, own_hours

EARLIER = ("|  4 h                 | office", "|  6 h                 | office")  # how soon a normal case was answered
BEFORE = timedelta(days=30)
HOURS = ("office", "shop")
TITLE = "Kiểm kê"
NOTICE = {
    "vi": "Thứ Sáu này cửa hàng nghỉ để kiểm kê. Thư của anh/chị vẫn được nhận; chúng tôi trả lời từ thứ Bảy.",
    "de": "Am Freitag haben wir wegen Inventur geschlossen. Ihre Nachricht kommt an; wir antworten ab Samstag.",
    "en": "We are closed for stock-taking on Friday. Your message arrives; we answer from Saturday on.",
}


def enact_earlier(plan: Any, at: datetime) -> None:
    """Put the version before the plan in force, if it is the example, already read: a normal case took longer."""
    texts = {PurePath(each.name).name: each.text for each in getattr(plan, "sources", ())}
    if not any(EARLIER[0] in text for text in texts.values()):
        return
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text.replace(*EARLIER, 1))
    with clock.set_to(at - BEFORE):
        enact(plan_of(*sources_of(Brought("plan.zip", packed.getvalue()))))


def begin_directive(people: Sequence[Person], plan: RunningPlan, until: datetime) -> None:
    """Close the shop on the coming Friday, and let some of those whom it binds have read it."""
    hours = [each for each in HOURS if each in own_hours(plan)]
    if not hours:
        return
    friday = until + timedelta(days=(4 - until.weekday()) % 7 or 7)
    by_box = {each.email.partition("@")[0]: each for each in people}
    new = NewDirective(
        title=TITLE,
        overlay=closing(plan, hours, friday.date(), TITLE),
        reason="Kiểm kê cuối năm: cả cửa hàng cùng đếm, không ai trực quầy.",
        ends=friday.replace(hour=17, minute=0, second=0, microsecond=0),
        notice={lang: words for lang, words in NOTICE.items() if lang in plan.languages},
    )
    with clock.set_to(until - timedelta(minutes=1)):
        made = direct(new, person=by_box["manager"])
        for each in ("manager", "specialist"):
            acknowledge(made, by_box[each])
