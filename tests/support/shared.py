"""Everything that colleagues do to cases together, once: for tests that want each of its events to have happened."""

from __future__ import annotations

from tantam.desk.cases import actions
from tantam.desk.cases.models import Case
from tests.support.desk import Staff, opened


def share(case: Case, staff: Staff) -> None:
    """Let all of it happen to an open case on which nothing is due yet; it is open and joined to none afterwards."""
    mai = staff.agent
    actions.watch(case, mai)
    actions.unwatch(case, mai)
    actions.add_note(case, mai, "Nhờ @Nam xem giúp.")
    pinned = actions.pin(case, mai, "Khách nghe kém.", kind="question")
    actions.settle_pin(pinned, mai, "Có máy trợ thính.")
    actions.unpin(pinned, mai)
    actions.untag(case, mai, actions.tag(case, mai, "Gấp"))
    actions.fill_in(case, mai, {"condition": "like_new"})
    actions.snooze(case, mai)
    actions.wake(case, mai)
    other = opened(case.customer)
    actions.unlink(actions.link(case, mai, other), mai)
    actions.merge(other, mai, case)
    word = actions.receive(other, "Nhắn thêm.", channel="web")
    actions.unmerge(other, mai)
    parted = actions.receive(case, "Việc khác nữa.", channel="web")
    actions.unpart(actions.part(case, mai, [parted.pk]), mai)
    assert word.case_id == case.pk


def shared_by(case: Case, staff: Staff) -> dict[str, list[int]]:
    """Return {address: arguments} of what colleagues do with the case, each leading to something."""
    mai, other = staff.agent, opened(case.customer)
    pins = [actions.pin(case, mai, "Ở đâu?", kind="question").pk for _ in range(2)]
    tag = actions.tag(case, mai, "Gấp").pk
    link = actions.link(case, mai, other).pk
    word = actions.receive(case, "Việc khác nữa.", channel="web")
    parting = actions.part(case, mai, [word.pk]).pk
    plain = ("watch_case", "unwatch_case", "pin", "snooze", "wake", "tag", "link", "fill_in", "join", "part")
    given = {f"web:{name}": [case.pk] for name in plain}
    given |= {f"web:{name}": [case.pk, pk] for name, pk in zip(("settle_pin", "unpin"), pins, strict=True)}
    return given | {
        "web:untag": [case.pk, tag],
        "web:unlink": [case.pk, link],
        "web:unmerge": [case.pk, other.pk],
        "web:unpart": [case.pk, parting],
    }
