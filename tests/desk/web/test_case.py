"""The page of one case: what it shows, what one may do there, what stays inside, what is kept when refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases import actions
from tantam.desk.cases.models import Case, CaseEvent, Message
from tests.support import drafts
from tests.support.clock import StandingClock
from tests.support.desk import codes, concern, opened, purchase

HIDDEN = re.compile(r'<input type="hidden" name="(submission|started|seen)" value="([^"]*)"')


def look(browser: Client, case: Case) -> str:
    answer = browser.get(f"/desk/cases/{case.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def composer(browser: Client, case: Case) -> dict[str, str]:
    """Return the hidden fields that the composer carries."""
    said = look(browser, case)
    return dict(HIDDEN.findall(said[said.index('id="say"') :]))


def test_shows_who_what_is_owed_and_what_was_said(agent: Client, hoa: Any) -> None:
    case = opened(hoa, body="Nó kêu như máy bay.", purchase=purchase(hoa))
    said = look(agent, case)
    for words in ("Nguyễn Thị Hoa", "Nó kêu như máy bay.", case.reference, "Washing machine 9 kg", "₫8,990,000"):
        assert words in said, words
    assert 'class="chip owed' in said or 'class="chip soon' in said


@pytest.mark.parametrize(("lang", "says"), [
    ("en", "Counted Sat 16:00–17:00, Mon 08:00–11:00; not Sun (closed)."),
    ("vi", "Đã tính T7 16:00–17:00, T2 08:00–11:00; không tính CN (nghỉ)."),
    ("de", "Gezählt: Sa 16:00–17:00, Mo 08:00–11:00; nicht gezählt: So (geschlossen)."),
])  # fmt: skip
def test_says_which_open_time_was_counted_until_a_promise_is_due(
    agent: Client, hoa: Any, clock: StandingClock, lang: str, says: str
) -> None:
    clock.set_to(datetime(2026, 11, 21, 9, tzinfo=UTC))  # Saturday, 16:00 in Vietnam
    answer = agent.get(f"/desk/cases/{opened(hoa).pk}/?lang={lang}")
    said = unescape(answer.content.decode())
    assert says in said


def test_says_nothing_of_open_time_where_the_clock_ran_through_or_stood_still(
    agent: Client, hoa: Any, clock: StandingClock
) -> None:
    clock.set_to(datetime(2026, 11, 18, 1, tzinfo=UTC))  # Wednesday, 8:00 in Vietnam: four hours until noon
    assert "Counted Wed 08:00–12:00" not in look(agent, opened(hoa))
    clock.set_to(datetime(2026, 11, 21, 9, tzinfo=UTC))
    case = opened(hoa)
    assert "Counted Sat 16:00–17:00, Mon 08:00–11:00" in look(agent, case)
    promise = case.promises.get(kind="first_reply")
    promise.due_at += timedelta(hours=1)  # as after an hour in which the customer was asked
    promise.save()
    assert "Counted Sat 16:00–17:00, Mon 08:00–11:00" not in look(agent, case)


def test_contacts_are_masked(agent: Client, hoa: Any) -> None:
    said = look(agent, opened(hoa))
    assert "hoa@example.com" not in said and "ho•••@example.com" in said


def test_team_mates_see_each_others_cases(staff: Any, hoa: Any, sign_in: Any) -> None:
    case = opened(hoa)
    actions.take(case, staff.agent)
    assert "Mai" in look(sign_in(staff.colleague), case)


def test_reply_reaches_the_customer(agent: Client, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    carried = composer(agent, case)
    clock.forward(minutes=3)
    answer = agent.post(f"/desk/cases/{case.pk}/say/", carried | {"verb": "reply", "body": "Dạ, em xem ngay."})
    assert answer.status_code == 302
    reply = case.messages.get(body="Dạ, em xem ngay.")
    assert reply.direction == Message.Direction.OUTGOING
    assert CaseEvent.objects.get(case=case, code="replied").handling_seconds == 180
    assert "Dạ, em xem ngay." in look(agent, case)


def test_the_form_sent_twice_is_one_message(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    sent = composer(agent, case) | {"verb": "reply", "body": "Dạ."}
    agent.post(f"/desk/cases/{case.pk}/say/", sent)
    agent.post(f"/desk/cases/{case.pk}/say/", sent)
    assert case.messages.filter(body="Dạ.").count() == 1


def test_a_note_stays_inside_whatever_stands_in_the_public_field(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    before = case.messages.filter(direction=Message.Direction.OUTGOING).count()
    sent = {"verb": "note", "note": "Khách hay quên.", "body": "chưa viết xong"}
    agent.post(f"/desk/cases/{case.pk}/say/", composer(agent, case) | sent)
    assert case.messages.get(direction=Message.Direction.NOTE).body == "Khách hay quên."
    assert case.messages.filter(direction=Message.Direction.OUTGOING).count() == before
    assert 'class="msg note"' in look(agent, case)


def test_asking_back_waits_for_the_customer(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    agent.post(f"/desk/cases/{case.pk}/say/", composer(agent, case) | {"verb": "ask", "body": "Số máy ạ?"})
    case.refresh_from_db()
    assert case.status == Case.Status.WAITING


def test_reply_may_settle_the_case(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    agent.post(f"/desk/cases/{case.pk}/say/", composer(agent, case) | {"verb": "resolve", "body": "Xong rồi ạ."})
    case.refresh_from_db()
    assert case.status == Case.Status.RESOLVED
    assert "Settled." in look(agent, case)


@pytest.mark.parametrize(("verb", "field"), [("reply", "body"), ("note", "note")])
def test_refused_says_why_and_keeps_what_was_typed(verb: str, field: str, agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    long = "Dạ " * 10_000
    answer = agent.post(f"/desk/cases/{case.pk}/say/", composer(agent, case) | {"verb": verb, field: long})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Shorten it" in said and "Dạ Dạ Dạ" in said
    assert f'id="{field}_error"' in said


def test_what_changed_meanwhile_is_not_settled_unseen(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    carried = composer(agent, case)
    actions.receive(case, "Khoan đã!", channel="web")
    answer = agent.post(f"/desk/cases/{case.pk}/resolve/", carried)
    assert answer.status_code == 409
    assert "The case changed while you were reading" in answer.content.decode()


def test_an_open_page_learns_that_something_happened(agent: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    again = re.search(r'id="owed" hx-get="([^"]+)"', look(agent, case))
    assert again and "Something happened here meanwhile" not in agent.get(again[1]).content.decode()
    actions.receive(case, "Còn một điều nữa.", channel="web")
    asked_again = agent.get(again[1]).content.decode()
    assert "Something happened here meanwhile" in asked_again
    assert again[1] in asked_again  # until it is shown, it goes on being new
    assert "Something happened here meanwhile" not in look(agent, case)


def test_hand_over_to_a_colleague_and_to_a_level(agent: Client, staff: Any, hoa: Any) -> None:
    case = opened(hoa)
    agent.post(f"/desk/cases/{case.pk}/hand-over/", {"to": f"person:{staff.colleague.pk}"})
    case.refresh_from_db()
    assert case.owner == staff.colleague
    agent.post(f"/desk/cases/{case.pk}/hand-over/", {"to": "level:specialist", "note": "Xem giúp."})
    case.refresh_from_db()
    assert (case.owner, case.level) == (None, "specialist")


@pytest.mark.parametrize("to", ["", "person:", "person:1", "person:x", "level:boss", "boss"])
def test_hand_over_to_nobody_is_refused(to: str, agent: Client, hoa: Any) -> None:
    answer = agent.post(f"/desk/cases/{opened(hoa).pk}/hand-over/", {"to": to})
    assert answer.status_code == 409


def test_escalate_and_reopen(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    agent.post(f"/desk/cases/{case.pk}/escalate/")
    agent.post(f"/desk/cases/{case.pk}/resolve/")
    agent.post(f"/desk/cases/{case.pk}/reopen/", {"note": "Chưa xong."})
    assert [each for each in codes(case) if each in ("escalated", "resolved", "reopened")] == [
        "escalated",
        "resolved",
        "reopened",
    ]


def test_handling_time_of_another_case_or_none_counts_for_nothing(agent: Client, hoa: Any) -> None:
    case, other = opened(hoa), opened(hoa)
    for started in (composer(agent, other)["started"], "forged", ""):
        sent = composer(agent, case) | {"verb": "note", "note": "x", "started": started}
        agent.post(f"/desk/cases/{case.pk}/say/", sent)
    spent = CaseEvent.objects.filter(case=case, code="noted").values_list("handling_seconds", flat=True)
    assert list(spent) == [None, None, None]


def test_a_form_left_open_overnight_counts_four_hours_at_most(agent: Client, hoa: Any, clock: StandingClock) -> None:
    case = opened(hoa)
    carried = composer(agent, case)
    clock.forward(hours=15)
    agent.post(f"/desk/cases/{case.pk}/say/", carried | {"verb": "note", "note": "x"})
    assert CaseEvent.objects.get(case=case, code="noted").handling_seconds == 4 * 3600


def test_queries_do_not_grow_with_the_conversation(
    agent: Client, staff: Any, hoa: Any, connection_queries: Any
) -> None:
    case = opened(hoa, purchase=purchase(hoa))
    actions.reply(case, staff.agent, "Dạ.")
    agent.get(f"/desk/cases/{case.pk}/")
    few = connection_queries(lambda: look(agent, case))
    for _ in range(8):
        actions.reply(case, staff.colleague, "Dạ.")
        actions.add_note(case, staff.specialist, "Ghi.")
    assert connection_queries(lambda: look(agent, case)) == few <= 28


def test_without_a_script_every_part_has_its_address(agent: Client, hoa: Any) -> None:
    case = opened(hoa)
    for tab in ("left", "mid", "right"):
        said = agent.get(f"/desk/cases/{case.pk}/?tab={tab}").content.decode()
        assert f'data-tab="{tab}"' in said
        assert re.search(rf'id="tab-{tab}" [^>]*aria-selected="true"', said)


def test_reply_mode_can_be_linked(agent: Client, hoa: Any) -> None:
    said = agent.get(f"/desk/cases/{opened(hoa).pk}/?mode=note").content.decode()
    assert re.search(r'value="note" class="vh"[^>]* checked', said)


@pytest.fixture
def claim(hoa: Any) -> Any:
    """A fault of the shop's, told but not yet seen, on a machine bought 12 days ago."""
    from tantam.desk.claims.actions import file_claim

    return file_claim(concern(hoa, purchase=purchase(hoa), told={"fault": "ours"}), policy="exchange")


def test_a_claim_shows_answer_reason_facts_and_clause(agent: Client, claim: Any) -> None:
    said = look(agent, claim.case)
    assert 'id="grant"' in said
    assert f"§&nbsp;{claim.clause}" in said.replace("<wbr>", "")
    assert "told" in said


def test_grant_is_one_press_within_ones_authority(manager: Client, claim: Any) -> None:
    carried = composer(manager, claim.case)
    answer = manager.post(f"/desk/cases/{claim.case_id}/claims/{claim.pk}/grant/", {"seen": carried["seen"]})
    claim.refresh_from_db()
    assert (answer.status_code, claim.state) == (302, "granted")


def test_beyond_ones_authority_the_card_names_who_may_and_hands_it_up_with_a_note(agent: Client, claim: Any) -> None:
    claim.answer |= {"granted_by": "manager"}
    claim.save()
    said = look(agent, claim.case)
    assert "Your level may not grant this. Who may: Manager" in said
    card = said[said.index('id="grant"') :]
    assert 'value="level:manager"' in card and f'id="up-{claim.pk}"' in card
    assert f"/claims/{claim.pk}/grant/" not in card


def test_refusing_needs_a_reason_and_keeps_the_claim_open(agent: Client, claim: Any) -> None:
    address = f"/desk/cases/{claim.case_id}/claims/{claim.pk}/refuse/"
    answer = agent.post(address, {"reason": "  "})
    assert answer.status_code == 409
    assert "Say why" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.state == "open"
    agent.post(address, {"reason": "Máy bị vào nước."})
    claim.refresh_from_db()
    assert claim.state == "refused"


def test_checking_what_was_told_asks_the_plan_again(agent: Client, claim: Any) -> None:
    agent.post(f"/desk/cases/{claim.case_id}/claims/{claim.pk}/prove/", {"term-fault": "ours"})
    claim.refresh_from_db()
    assert claim.facts["fault"]["standing"] == "verified"
    assert "proved" in codes(claim.case)


def test_what_was_told_can_be_checked_though_the_plan_asks_it_no_longer(agent: Client, hoa: Any, staff: Any) -> None:
    from tantam.desk.claims.actions import file_claim

    brought = concern(hoa, topic="refund", purchase=purchase(hoa), told={"condition": "like_new"})
    claim = file_claim(brought, policy="refund")
    drafts.enacted(staff.manager, r"\bcondition\b", "state_of_it")
    agent.post(f"/desk/cases/{claim.case_id}/claims/{claim.pk}/prove/", {"term-condition": "like_new"})
    claim.refresh_from_db()
    assert claim.facts["condition"] == {"value": "like_new", "standing": "verified"}


def test_a_claim_of_another_case_is_not_found(agent: Client, claim: Any, hoa: Any) -> None:
    answer = agent.post(f"/desk/cases/{opened(hoa).pk}/claims/{claim.pk}/grant/")
    assert answer.status_code == 404
