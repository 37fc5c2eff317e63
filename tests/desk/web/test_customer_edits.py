"""What colleagues write down about customers: each form is one action; nothing is lost, nothing overwritten unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tantam.desk.cases.models import Case
from tantam.desk.customers import actions, consent
from tantam.desk.customers.actions.add_contact import Written
from tantam.desk.customers.consent import Word
from tantam.desk.customers.models import Customer
from tests.support.desk import customer, purchase


def changed(browser: Client, who: Customer, seen: int, **fields: str) -> Any:
    sent = {"name": who.name, "kind": who.kind, "language": who.language, "note": who.note, "seen": seen} | fields
    return browser.post(f"/desk/customers/{who.pk}/change/", sent)


def test_a_change_is_kept_and_noted(agent: Client, hoa: Any, staff: Any) -> None:
    assert changed(agent, hoa, 0, address="chi", timezone="Europe/Berlin", birth_year="1950").status_code == 302
    hoa.refresh_from_db()
    assert (hoa.address, hoa.timezone, hoa.birth_year, hoa.edition) == ("chi", "Europe/Berlin", 1950, 1)
    noted = hoa.changes.get()
    assert noted.by == staff.agent and set(noted.what) == {"address", "timezone", "birth_year"}


def test_nobody_overwrites_what_they_have_not_seen(agent: Client, hoa: Any, staff: Any) -> None:
    actions.change(hoa, staff.colleague, seen=0, written={"note": "Ruft nur nachmittags an."})
    answer = changed(agent, hoa, 0, name="Nguyễn Thị Hòa", note="")
    said = answer.content.decode()
    assert answer.status_code == 409 and "Somebody changed this customer" in said
    assert "Nguyễn Thị Hòa" in said, "what was typed stands in its field"
    hoa.refresh_from_db()
    assert (hoa.name, hoa.note) == ("Nguyễn Thị Hoa", "Ruft nur nachmittags an.")
    assert 'name="seen" value="1"' in said, "who has seen it may keep theirs"


def test_every_field_says_why_it_was_not_taken(agent: Client, hoa: Any) -> None:
    answer = changed(agent, hoa, 0, name=" ", birth_year="18x0", timezone="Mars/Olympus", language="xx")
    said = answer.content.decode()
    assert answer.status_code == 422
    for why in (
        "Write a name.",
        "“18x0” is no year of birth",
        "“Mars/Olympus” cannot be chosen",
        "“xx” cannot be chosen",
    ):
        assert why in said
    assert 'value="18x0"' in said
    hoa.refresh_from_db()
    assert hoa.edition == 0


@pytest.mark.parametrize(
    ("way", "written", "kept"),
    [
        ("mail", " Hoa@Example.COM ", None),
        ("mail", "hoa2@example.com", "hoa2@example.com"),
        ("phone", "0903 123 412", "+84903123412"),
        ("zalo", "0903 123 412", "+84903123412"),
        ("messenger", "@Hoa.Nguyen", "hoa.nguyen"),
        ("phone", "call me", None),
        ("carrier pigeon", "x", None),
    ],
)
def test_a_way_is_kept_in_one_written_form(agent: Client, hoa: Any, way: str, written: str, kept: str | None) -> None:
    answer = agent.post(f"/desk/customers/{hoa.pk}/reach/", {"way": way, "value": written})
    values = set(hoa.contacts.values_list("value", flat=True)) - {"hoa@example.com"}
    assert values == ({kept} if kept else set())
    assert answer.status_code == (302 if kept else 422)


def test_one_way_is_preferred_and_written_to_first(agent: Client, hoa: Any, staff: Any) -> None:
    from tantam.desk.customers.contacts import mail_of

    other = actions.add_contact(hoa, staff.agent, Written("mail", "later@example.com"))
    for contact in (hoa.contacts.first(), other):
        agent.post(f"/desk/customers/{hoa.pk}/reach/", {"do": "prefer", "contact": contact.pk})
    assert list(hoa.contacts.filter(preferred=True)) == [other]
    assert mail_of(Customer.objects.get(pk=hoa.pk)) == "later@example.com"


def test_a_check_says_how_and_who(agent: Client, hoa: Any, staff: Any) -> None:
    contact = hoa.contacts.get()
    agent.post(f"/desk/customers/{hoa.pk}/reach/", {"do": "verify", "contact": contact.pk, "how": "called"})
    contact.refresh_from_db()
    assert contact.verified_at and (contact.verified_how, contact.verified_by) == ("called", staff.agent)


def test_a_way_of_somebody_else_is_not_removed(agent: Client, hoa: Any) -> None:
    other = customer("Kim Weber", "kim@example.com")
    answer = agent.post(f"/desk/customers/{hoa.pk}/reach/", {"do": "remove", "contact": other.contacts.get().pk})
    assert answer.status_code == 409 and other.contacts.exists()


def test_the_latest_word_of_consent_counts(agent: Client, hoa: Any) -> None:
    where = f"/desk/customers/{hoa.pk}/consent/"
    word = {"purpose": "survey", "how": "spoken"}
    assert not consent.may(hoa, "survey", "mail") and consent.may(hoa, "service", "mail")
    agent.post(where, word | {"channel": "mail", "given": "yes"})
    assert consent.may(hoa, "survey", "mail") and not consent.may(hoa, "survey", "phone")
    agent.post(where, word | {"channel": "", "given": "no"})
    assert not consent.may(hoa, "survey", "mail")
    assert [each.given for each in hoa.consents.order_by("id")] == [True, False]


def test_a_network_is_a_way_of_its_own_where_the_plan_names_none(agent: Client, hoa: Any, settings: Any) -> None:
    settings.MESSAGING = {"whatsapp": None}
    shown = agent.get(f"/desk/customers/{hoa.pk}/?lang=en").content.decode()
    ways = shown.split("On which way")[1].partition("</select>")[0]
    assert '<option value="whatsapp">WhatsApp</option>' in ways and "Zalo" not in ways
    word = {"purpose": "service", "how": "form", "channel": "whatsapp", "given": "yes", "note": "Trang đặt hàng"}
    assert agent.post(f"/desk/customers/{hoa.pk}/consent/", word).status_code == 302
    assert consent.agreed(hoa, "service", "whatsapp") and not consent.agreed(hoa, "service", "zalo")
    assert "WhatsApp:" in agent.get(f"/desk/customers/{hoa.pk}/?lang=en").content.decode()


def test_service_may_be_refused(hoa: Any, staff: Any) -> None:
    actions.withdraw_consent(hoa, staff.agent, Word("service", "phone"))
    assert not consent.may(hoa, "service", "phone") and consent.may(hoa, "service", "mail")


def test_a_new_customer_is_found_at_once_by_any_word(agent: Client, staff: Any) -> None:
    sent = {"name": "Đỗ-Hữu Phước", "kind": "person", "language": "vi", "phone": "0903 123 412"}
    made = agent.post("/desk/customers/new/", sent)
    assert made.status_code == 302
    for asked in ("phuoc", "do huu", "Hữu", "phuoc do", "0903123412"):
        assert made.headers["Location"] in agent.get("/desk/customers/", {"q": asked}).content.decode(), asked


def test_who_is_reached_there_already_is_shown_first(agent: Client, hoa: Any) -> None:
    sent = {"name": "Hoa", "kind": "person", "language": "vi", "mail": "hoa@example.com"}
    asked = agent.post("/desk/customers/new/", sent)
    assert asked.status_code == 409 and f"/desk/customers/{hoa.pk}/" in asked.content.decode()
    assert agent.post("/desk/customers/new/", sent | {"anyway": "yes"}).status_code == 302
    assert Customer.objects.count() == 2


def test_a_new_customer_needs_a_name_and_keeps_what_was_typed(agent: Client) -> None:
    answer = agent.post("/desk/customers/new/", {"name": "", "kind": "person", "language": "vi", "mail": "nobody"})
    said = answer.content.decode()
    assert answer.status_code == 422 and "Write a name." in said and "“nobody” is no mail address" in said
    assert not Customer.objects.exists()


def test_somebody_joins_and_leaves_an_organisation(agent: Client, hoa: Any) -> None:
    firm = customer("Khách sạn Sông Thu", "", kind="business")
    where = f"/desk/customers/{hoa.pk}/organisations/"
    assert agent.post(where, {"organisation": "khach san song thu", "role": "Einkauf"}).status_code == 302
    hoa.refresh_from_db()
    assert hoa.organisation == firm
    assert "Einkauf" in agent.get(f"/desk/customers/{firm.pk}/").content.decode()
    assert agent.post(where, {"organisation": "Khách sạn Sông Thu"}).status_code == 422, "only once"
    agent.post(where, {"do": "leave", "membership": hoa.memberships.get().pk})
    hoa.refresh_from_db()
    assert hoa.organisation is None


def test_an_organisation_that_is_not_there_is_not_joined(agent: Client, hoa: Any) -> None:
    answer = agent.post(f"/desk/customers/{hoa.pk}/organisations/", {"organisation": "Nguyễn Thị Hoa"})
    assert answer.status_code == 422 and "There is no such organisation" in answer.content.decode()


def test_a_case_is_written_down_for_who_calls(agent: Client, hoa: Any, staff: Any) -> None:
    bought = purchase(hoa)
    where = f"/desk/customers/{hoa.pk}/case/"
    asked = agent.get(where, {"topic": "faulty", "purchase": bought.number})
    assert "q_danger" in asked.content.decode()
    sent = {"topic": "faulty", "purchase": bought.number, "channel": "phone", "q_danger": "no", "body": "Kêu to."}
    answer = agent.post(where, sent | {"submission": "once"})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/desk/cases/{case.pk}/"
    opened = case.events.get(code="opened")
    assert (case.channel, case.topic, case.purchase, opened.person) == ("phone", "faulty", bought, staff.agent)
    assert opened.args["facts"]["danger"] == "no"
    agent.post(where, sent | {"submission": "once"})
    assert Case.objects.count() == 1, "a form sent twice is one case"


def test_a_case_needs_words_or_answers(agent: Client, hoa: Any) -> None:
    answer = agent.post(f"/desk/customers/{hoa.pk}/case/", {"topic": "complaint", "body": " "})
    assert answer.status_code == 422 and "Write something first." in answer.content.decode()
    assert not Case.objects.exists()


def test_another_s_purchase_is_not_taken(agent: Client, hoa: Any) -> None:
    other = purchase(customer("Kim Weber", "kim@example.com"))
    agent.post(f"/desk/customers/{hoa.pk}/case/", {"topic": "complaint", "purchase": other.number, "body": "Ồn."})
    assert Case.objects.get().purchase is None


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_pages_speak_three_languages(agent: Client, hoa: Any, lang: str) -> None:
    for where in (
        "/desk/customers/new/",
        f"/desk/customers/{hoa.pk}/",
        f"/desk/customers/{hoa.pk}/case/",
        "/desk/team/",
    ):
        assert agent.get(where, {"lang": lang}).headers["Content-Language"] == lang


def test_pages_of_many_ask_no_more(agent: Client, staff: Any, connection_queries: Any) -> None:
    def asked() -> list[int]:
        pages = ("/desk/customers/", "/desk/customers/?q=khach", "/desk/team/", "/desk/providers/")
        return [connection_queries(lambda page=page: agent.get(page)) for page in pages]

    firm = customer("Khách sạn", "k@example.com", kind="business")
    actions.join_organisation(customer("Khách A", "a@example.com"), staff.agent, organisation=firm)
    few = asked()
    for number in range(60):
        actions.join_organisation(customer(f"Khách {number}", f"k{number}@example.com"), staff.agent, organisation=firm)
    assert asked() == few
    assert "after=" in agent.get("/desk/customers/", {"q": "khach"}).content.decode()


def test_pages_of_a_search_follow_each_other(agent: Client, staff: Any) -> None:
    import re

    people = {customer(f"Khách {number:02}", "").pk for number in range(60)}
    first = agent.get("/desk/customers/", {"q": "khach"}).content.decode()
    after = re.search(r"after=([^\"]+)", first)
    assert after
    second = agent.get("/desk/customers/", {"q": "khach", "after": after[1]}).content.decode()
    found = [{int(pk) for pk in re.findall(r"/desk/customers/(\d+)/", each)} for each in (first, second)]
    assert found[0] | found[1] == people and not found[0] & found[1]


def test_serial_number_is_noted_and_taken_away(agent: Client, hoa: Any) -> None:
    bought = purchase(hoa)
    path = f"/desk/customers/{hoa.pk}/units/"
    assert agent.post(path, {"purchase": bought.pk, "serial": "sn-1", "handed_over": ""}).status_code == 302
    assert "SN1" in agent.get(f"/desk/customers/{hoa.pk}/").content.decode()
    wrong = agent.post(path, {"purchase": bought.pk, "serial": " - ", "handed_over": "2026-11-01"})
    assert wrong.status_code == 422 and 'value="2026-11-01"' in wrong.content.decode()
    agent.post(path, {"do": "remove", "unit": bought.units.get().pk})
    assert not bought.units.exists()
