"""Who is erased leaves no word, address or name anywhere in the database; what is counted stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection, transaction

from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import add_note, reply, resolve
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.models import Actor, Case, CaseEvent, Message
from tantam.desk.common import clock as now
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers import consent
from tantam.desk.customers.models import Contact, Customer, Purchase
from tantam.desk.feedback.models import Rating
from tantam.desk.plans import in_force
from tantam.desk.privacy import doing
from tantam.desk.privacy.actions import ask_erasure
from tantam.desk.privacy.emptying import bared
from tantam.desk.privacy.letting_go import let_go
from tantam.desk.privacy.models import Emptied, Erasure
from tantam.desk.reports.export import export
from tantam.desk.reports.reading import history
from tantam.desk.search.finding import Searcher, find
from tantam.desk.search.keeping import index_what_is_new
from tantam.history.events import DESK
from tantam.history.store import Store
from tests.support.desk import customer, opened, purchase

SECRETS = ("Zwiebelfisch", "quasselstrippe", "zwiebel@geheim.example", "+84912345678", "Kellergasse", "Brummkreisel")


@pytest.fixture
def told(clock: Any, plan: Any, staff: Any) -> Customer:
    """Somebody whose words are everywhere, and whose case is settled."""
    who = customer("Zwiebelfisch Anna", mail="zwiebel@geheim.example", note="quasselstrippe", birth_year=1950)
    Contact.objects.create(customer=who, kind="phone", value="+84912345678")
    who.places.create(lines="Kellergasse 4")
    consent.keep(who, None, consent.Word("marketing", note="Brummkreisel"), given=True)
    case = opened(who, body="Der Brummkreisel in der Kellergasse 4 ist laut.", purchase=purchase(who))
    reply(case, staff.agent, "Liebe Frau Zwiebelfisch, wir kommen in die Kellergasse.")
    add_note(case, staff.agent, "Anrufen unter +84912345678, quasselstrippe.")
    message = case.messages.order_by("pk")[0]
    attach(case, bring([("Kellergasse.txt", [b"laut"])]), to=message)
    with transaction.atomic():
        act_on(case, Actor.PERSON, staff.agent).append("filled_in", facts={"fault": "quasselstrippe"}, before={})
    resolve(case, staff.agent)
    Rating.objects.filter(case=case).update(words="Brummkreisel")
    Arrival.objects.create(
        channel="mail", key="m1", raw=b"From: zwiebel@geheim.example", received_at=now.now(), case=case
    )
    index_what_is_new()
    return who


def left() -> set[tuple[str, str]]:
    """Return each secret that stands in any row of any table, with the table's name."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_") and table != "search_thing":
                continue  # indexes: they are asked
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = json.dumps(cursor.fetchall(), default=_text, ensure_ascii=False).casefold()
            found |= {(table, each) for each in SECRETS if each.casefold() in rows}
    return found


def _text(value: Any) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


def test_no_word_address_or_name_is_left_anywhere(told: Customer, staff: Any) -> None:
    tables = {table for table, _secret in left()}
    assert {"cases_message", "customers_contact", "case_event", "arrivals_arrival", "cases_attachment"} <= tables
    assert found_by("Brummkreisel", staff) and found_by("Zwiebelfisch", staff)
    doing.erase({"erasure": ask_erasure(told, staff.manager).pk})
    assert left() == set()
    for each in ("Zwiebelfisch", "quasselstrippe", "Brummkreisel", "Kellergasse"):
        assert not found_by(each, staff), f"{each} is still found"


def found_by(words: str, staff: Any) -> bool:
    return not find(words, Searcher(staff.manager, in_force(), "de")).nothing


def test_what_is_counted_stays(told: Customer, staff: Any) -> None:
    events = list(CaseEvent.objects.order_by("pk").values_list("pk", "code", "at", "clause", "plan_version"))
    bought = Purchase.objects.get()
    doing.erase({"erasure": ask_erasure(told, staff.manager).pk})
    assert list(CaseEvent.objects.order_by("pk").values_list("pk", "code", "at", "clause", "plan_version")) == events
    kept = Purchase.objects.get()
    assert (kept.price_minor, kept.number, kept.customer_id) == (bought.price_minor, bought.number, told.pk)
    assert Case.objects.get().status == Case.Status.RESOLVED and Message.objects.count() >= 3


def test_private_links_lead_nowhere_any_more(told: Customer, staff: Any) -> None:
    key = Case.objects.get().link_key
    doing.erase({"erasure": ask_erasure(told, staff.manager).pk})
    assert Case.objects.get().link_key != key


def test_what_is_under_way_is_settled_first(told: Customer, staff: Any) -> None:
    opened(told)
    with pytest.raises(Refused, match="erase_open_cases"):
        ask_erasure(told, staff.manager)
    assert not Erasure.objects.exists()


def test_only_managers_let_somebody_be_erased(told: Customer, staff: Any) -> None:
    for each in (staff.agent, staff.specialist, staff.outsider):
        with pytest.raises(Refused, match="not_allowed"):
            ask_erasure(told, each)


def test_killed_in_the_middle_nothing_happened_and_it_goes_on(
    told: Customer, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = left(), ask_erasure(told, staff.manager)
    with monkeypatch.context() as broken:
        broken.setattr(doing, "_bare", lambda _customer: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            doing.erase({"erasure": asked.pk})
    assert left() == before
    for _twice in range(2):
        doing.erase({"erasure": asked.pk})
    assert left() == set() and Erasure.objects.get().done_at is not None


def test_words_go_by_themselves_once_the_plan_keeps_them_no_longer(told: Customer, clock: Any) -> None:
    clock.forward(days=365 * 3 - 2)
    let_go({})
    assert not Emptied.objects.exists() and left()
    clock.forward(days=4)
    let_go({})
    emptied = Emptied.objects.get()
    assert emptied.clause == "privacy.conversations"
    assert not {table for table, _secret in left()} & {"cases_message", "case_event", "arrivals_arrival", "cases_case"}
    assert Contact.objects.filter(customer=told).exists(), "they are still a customer"


def test_arguments_keep_codes_and_lose_words() -> None:
    args = {"kind": "first_reply", "promise": 12, "at": "2026-01-01T00:00:00+00:00", "words": "x", "to": "a@b.example"}
    kept = bared(args | {"facts": {"age": "71"}, "said": "zwei Worte", "from": "0912345678"})
    assert kept == {"kind": "first_reply", "promise": 12, "at": "2026-01-01T00:00:00+00:00"}


def test_the_files_of_the_history_lose_the_words_and_keep_the_count(
    told: Customer, staff: Any, clock: Any, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    clock.forward(minutes=5)
    number = export()
    assert number == CaseEvent.objects.count() and "quasselstrippe" in in_files(tmp_path)
    doing.erase({"erasure": ask_erasure(told, staff.manager).pk})
    for each in DueWork.objects.filter(kind=doing.HISTORY):
        doing.rewrite(each.payload)
    assert "quasselstrippe" not in in_files(tmp_path) and in_files(tmp_path).count("filled_in") == 1


def in_files(home: Any) -> str:
    """Return the events that the history names, as text."""
    with Store(history()).writing() as writer:
        files = [str(history() / each.path) for each in writer.manifest.of(DESK)]
        return str(writer.connection.execute("SELECT * FROM read_parquet($1)", [files]).fetchall())
