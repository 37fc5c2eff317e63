"""Who is erased leaves no word, address or name anywhere in the database; what is counted stays."""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tantam.desk.api.models import KeptAnswer
from tantam.desk.arrivals.models import Arrival
from tantam.desk.cases.act import act_on
from tantam.desk.cases.actions import add_note, reply, resolve
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.models import Actor, BulkItem, BulkRun, Case, CaseEvent, Message
from tantam.desk.channels.email.models import CaughtMail
from tantam.desk.channels.messaging.models import Line, Part
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.common import clock as now
from tantam.desk.common import work
from tantam.desk.common.errors import Refused
from tantam.desk.common.models import DueWork
from tantam.desk.customers import consent
from tantam.desk.customers.models import Contact, Contract, Customer, Purchase
from tantam.desk.customers.models import Delivery as Parcel
from tantam.desk.feedback.models import Rating
from tantam.desk.imports import store
from tantam.desk.imports.meaning.wrong import Rejection
from tantam.desk.imports.models import Import
from tantam.desk.plans import in_force
from tantam.desk.privacy import doing, emptying, leaving
from tantam.desk.privacy.actions import ask_erasure
from tantam.desk.privacy.emptying import bared
from tantam.desk.privacy.leaving import whom_of
from tantam.desk.privacy.letting_go import let_go
from tantam.desk.privacy.models import Emptied, Erasure
from tantam.desk.privacy.taking import added
from tantam.desk.procedures.models import Run
from tantam.desk.reports.export import export
from tantam.desk.reports.reading import history
from tantam.desk.search.finding import Searcher, find
from tantam.desk.search.keeping import index_what_is_new
from tantam.desk.spam.marking import mark_case
from tantam.desk.spam.models import Learned
from tantam.history.events import DESK
from tantam.history.store import Store
from tests.support.desk import customer, opened, purchase

ELSEWHERE = frozenset(
    {
        "email_caughtmail", "messaging_line", "messaging_part", "api_keptanswer", "spam_mark", "spam_learned",
        "cases_bulkrun", "cases_bulkitem", "procedures_run", "webhooks_delivery", "common_duework",
        "customers_contract", "customers_delivery",
    }
)  # fmt: skip
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
    elsewhere(who, case, staff)
    index_what_is_new()
    return who


def elsewhere(who: Customer, case: Case, staff: Any) -> None:
    """Have rooms that know nothing of each other keep words of theirs, too."""
    name, said = "Zwiebelfisch", "quasselstrippe"
    CaughtMail.objects.create(
        message_id="<c1@x>", sender="desk@x.example", recipient=SECRETS[2], raw=name.encode(), received_at=now.now()
    )
    Contact.objects.create(customer=who, kind="handle", network="zalo", value=said)
    line = Line.objects.create(network="zalo", value=said, handle=said, heard_at=now.now())
    message = case.messages.order_by("-pk")[0]
    Part.objects.create(message=message, line=line, number=0, name=said, failed=f"{name} is away")
    Message.objects.filter(pk=case.messages.order_by("pk")[0].pk).update(message_id=f"<1@{SECRETS[2]}>")
    KeptAnswer.objects.create(
        digest="d", asked="a", status=201, content=f'{{"case":"{case.pk}","of":"{name}"}}', at=now.now()
    )
    with transaction.atomic():
        mark_case(case, staff.agent, spam=False)
    run = BulkRun.objects.create(person=staff.agent, verb="note", args={"body": said, "name": "eilig"}, at=now.now())
    BulkItem.objects.create(
        run=run, case=case, state=BulkItem.State.DONE, args={"name": said}, before={"level": "agent"}
    )
    gone = {"number": 1, "path": ["look"], "how": "skipped", "at": now.now().isoformat(), "reason": said}
    Run.objects.create(
        case=case,
        procedure="faulty",
        plan_version=case.plan_version,
        state=Run.State.LEFT,
        began_at=now.now(),
        taken=[gone],
    )
    told = Endpoint.objects.create(url="https://x.example/", secret="whsec_x", made_at=now.now())
    Delivery.objects.create(endpoint=told, event=case.events.first(), code="opened", at=now.now(), answer=f"ok {name}")
    DueWork.objects.create(kind="send_entry_link", key="e", payload={"mail": SECRETS[2], "key": "k"}, due_at=now.now())
    DueWork.objects.create(
        kind="x", key="x", due_at=now.now(), failed_at=now.now(), error=f"550 <{SECRETS[2]}> unknown"
    )
    Contract.objects.create(number="V-1", customer=who, begins=date(2026, 1, 1), terms=said, site=SECRETS[4])
    Parcel.objects.create(purchase=case.purchase, promised_at=now.now(), promised_by=f"Frau {name}", due_at=now.now())


def erased(who: Customer, staff: Any) -> Erasure:
    """Have them erased, as the worker does it."""
    asked = ask_erasure(who, staff.manager)
    doing.erase({"erasure": asked.pk})
    with suppress(work.Later) if connection.in_atomic_block else nullcontext():  # a test's own transaction reads
        doing.leave_no_traces(DueWork.objects.get(kind=doing.TRACES).payload)
    asked.refresh_from_db()
    return asked


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
    assert not ELSEWHERE - tables
    assert found_by("Brummkreisel", staff) and found_by("Zwiebelfisch", staff)
    erased(told, staff)
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


def test_killed_between_two_portions_it_goes_on_and_counts_what_it_said(
    told: Customer, staff: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(2):
        resolve(opened(told, body="Der Brummkreisel."), staff.agent)
    whom = whom_of([told.pk])
    said = added(emptying.counts(whom), leaving.counts(whom))
    asked = ask_erasure(told, staff.manager)
    monkeypatch.setattr(doing, "AT_ONCE", 1)
    with monkeypatch.context() as killed:
        killed.setattr(work, "hold", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            doing.erase({"erasure": asked.pk})
    assert Emptied.objects.count() == 1 and Contact.objects.filter(customer=told).exists()
    for _twice in range(2):
        doing.erase({"erasure": asked.pk})
    asked.refresh_from_db()
    assert asked.done_at is not None and Emptied.objects.count() == 3
    assert {name: n for name, n in asked.went.items() if name != "CaseEvent"} == said


def test_who_comes_once_more_meanwhile_is_served_first(told: Customer, staff: Any) -> None:
    asked = ask_erasure(told, staff.manager)
    case = opened(told, body="Der Brummkreisel brummt wieder.")
    with pytest.raises(work.Later):
        doing.erase({"erasure": asked.pk})
    assert Contact.objects.filter(customer=told).exists(), "the answer reaches them"
    resolve(case, staff.agent)
    doing.erase({"erasure": asked.pk})
    assert not any(each == "Brummkreisel" for _table, each in left())


def test_a_file_that_tells_of_them_goes_and_rejected_rows_of_others_stay(told: Customer, staff: Any) -> None:
    held = Import.objects.create(
        rows="customers",
        source="shop",
        name="x.csv",
        kind="csv",
        size=1,
        fingerprint="f",
        state="done",
        made_at=now.now(),
    )
    store.folder(held.pk).mkdir(parents=True)
    store.file_of(held).write_text("0912 345 678")
    wrong = Rejection(2, "no_id", "", {})
    cells = [["ANNA Zwiebelfisch", ""], ["", "0912.345.678"], ["Anna Anderes", ""]]
    held.reject_bytes = store.Rejected(held).write([(wrong, each) for each in cells])
    held.save()
    erased(told, staff)
    held.refresh_from_db()
    assert held.file_gone and not store.file_of(held).exists()
    assert [cells for _wrong, cells in store.Rejected(held).read()] == [["Anna Anderes", ""]]


def test_what_counts_against_spam_moves_for_nobody_else(told: Customer, staff: Any) -> None:
    texts = Learned.objects.get(name="").ham
    erased(told, staff)
    assert Learned.objects.get(name="").ham == texts and not Learned.objects.exclude(name="").exists()


@pytest.mark.django_db(transaction=True)
def test_the_databases_own_file_and_log_hold_no_word_any_more(told: Customer, staff: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL writes over what was deleted when it cleans up")
    assert in_the_file()
    erased(told, staff)
    assert in_the_file() == set()
    case = opened(customer("Anna Muster", mail="anna@example.com"), body="Eine Waschmaschine.")
    index_what_is_new()
    assert found_by("Waschmaschine", staff) and case


def in_the_file() -> set[str]:
    """Return each secret that stands in the database's file or in its log, as written or folded."""
    name = str(connection.settings_dict["NAME"])
    files = [Path(each) for each in (name, f"{name}-wal")]
    held = b"".join(each.read_bytes().lower() for each in files if each.exists())
    return {each for each in SECRETS if each.lower().encode() in held}


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
