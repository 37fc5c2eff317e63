"""A desk on which every address leads to something: one of everything that addresses name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tantam.desk import plans
from tantam.desk.accounts.models import Person, Role
from tantam.desk.api.actions import NewToken, make_token
from tantam.desk.api.models import ApiToken
from tantam.desk.arrivals import intake
from tantam.desk.assistants.models import Proposal
from tantam.desk.cases.actions import keep_draft, keep_macro, promise
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import BulkRun, Case, RichBody, SavedView
from tantam.desk.cases.vows import Vow
from tantam.desk.channels.email.catchall import keep
from tantam.desk.channels.email.models import CaughtMail
from tantam.desk.channels.webhooks.models import Delivery, Endpoint
from tantam.desk.claims.actions import ask_approval, file_claim
from tantam.desk.claims.models import Claim, Grant
from tantam.desk.claims.tickets import ticket
from tantam.desk.common import clock
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money
from tantam.desk.common.standard_webhooks import new_secret
from tantam.desk.customers.models import Contract
from tantam.desk.customers.stopping import stop_page
from tantam.desk.duty.models import Absence
from tantam.desk.followups.models import FollowUp
from tantam.desk.imports.models import Import
from tantam.desk.notices.models import Kind, Notice
from tantam.desk.plans.models import Directive, Draft, Move, Replay
from tantam.desk.portal import held
from tantam.desk.privacy.actions import Asked, note_request
from tantam.desk.privacy.models import Request
from tantam.desk.recalls.actions import Batch, prepare
from tantam.desk.recalls.models import Recall
from tantam.desk.reviews.models import Review
from tantam.desk.sales.models import Enquiry, Quote
from tests.desk.api import calls
from tests.desk.channels.letters import mail
from tests.desk.chats.furnished import window_in
from tests.desk.files.test_store import picture
from tests.support.desk import concern, purchase
from tests.support.shared import shared_by

Given = dict[str, list[Any]]
CUSTOMER = (
    "_told",
    "_timeline",
    "_units",
    "_deliveries",
    "",
    "_same",
    "_erase",
    "_everything",
    "_change",
    "_reach",
    "_consent",
    "_places",
    "_organisations",
)
IMPORT = ("", "_columns", "_start", "_stop", "_throw", "_rejected")
ADMIN_MODELS = ("arrivals_arrival", "auth_group", "account_emailaddress", "accounts_person")
OF_A_CASE = ("case", "say", "take", "hand_over", "escalate", "resolve", "reopen", "looking", "move_one")
OF_A_CASE += ("grade", "deescalate", "give_back", "procedure", "begin_procedure", "stop_procedure")
OF_A_CASE += ("promise", "vow_found", "vow_take", "ask_department", "except", "decline")
OF_A_CASE += ("chat", "chat_said", "chat_say", "chat_take", "chat_hand_over", "chat_mail", "chat_resolve")
OF_A_CASE += ("chat_claim", "chat_claim_ask", "chat_typing", "chat_read", "answer_comment", "write_wording")
OF_A_CASE += ("call_spam", "clear_spam", "reveal_contacts", "hand_to_provider", "hand_back")
OF_A_CASE += ("note_purchase", "correct_purchase")
OF_A_CASE += ("quote", "win", "lose")
OF_A_CASE += ("answer_comment", "draft", "add_files", "look_over", "case_texts")


def addresses_of(hoa: Any, staff: Any, log: str) -> dict[str, str]:
    """Return {name: a path that leads to something}; each of the desk's cases is hoa's."""
    bought = concern(hoa, purchase=purchase(hoa), topic="refund", told={"condition": "like_new"})
    claim = file_claim(bought, policy="refund")
    given = _claimed(claim, staff) | _planned(staff) | _kept(staff) | _promised(claim.case, staff)
    given |= shared_by(claim.case, staff) | _written(claim.case, staff) | _plain(hoa, log)
    given |= _assisted(claim.case)
    given |= {"web:recall": [_recalled(hoa, staff).pk]}
    given |= {f"web:{name}": given["web:recall"] for name in ("recall_begin", "recall_stop")}
    return {name: path for name in routes() if (path := _path(name, given.get(name, [])))}


def _path(name: str, arguments: list[Any]) -> str:
    """Return the address; "" for one that nothing above leads to yet, whose own test fails then."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _claimed(claim: Claim, staff: Any) -> Given:
    """Return what leads to the case, its claim, the request for approval and its steps."""
    case = claim.case
    approval = ask_approval(claim, staff.agent, "Gấp.", amount=Money(5_000_000, "VND"))
    step = case.runs.get().tokens[0]["number"]
    return {
        **{f"web:{name}": [case.pk] for name in OF_A_CASE},
        **{f"portal:{name}": [case.link_key] for name in ("case", "write", "settled", "higher", "rating")},
        **{f"portal:{name}": [case.link_key] for name in ("accept", "choose", "dispute", "take_back", "confirm")},
        **{f"web:{name}": [case.pk, claim.pk] for name in ("grant", "refuse", "prove", "ask_approval")},
        **{f"web:{name}": [case.pk, claim.pk] for name in ("let_stand", "choose")},
        **{f"web:{name}": [case.pk, step] for name in ("do_step", "skip_step", "back_to_step")},
        **{f"web:{name}": [approval.pk] for name in ("approval", "decide", "withdraw_approval")},
        **{f"web:{name}": [case.pk, _granted(claim).pk] for name in ("pay", "take_back_grant")},
        "portal:tell": [case.link_key, "faulty"],
        "web:review": [_drawn(case, staff).pk],
        "web:decide_by_mail": [ticket(approval, staff.specialist)],
    }


def _drawn(case: Case, staff: Any) -> Review:
    """Return a conversation that is to be looked at."""
    now = clock.now()
    whose = {"person": staff.colleague, "plan_version": plans.in_force().row}
    return Review.objects.create(case=case, form="talk", drawn_at=now, due_at=now, **whose)


def _granted(claim: Claim) -> Grant:
    """Return a sum that was granted."""
    given = {"kind": "refund", "clause": claim.clause, "granted_at": claim.decided_at}
    return Grant.objects.create(claim=claim, case=claim.case, amount_minor=500_000, currency="VND", **given)


def _promised(case: Case, staff: Any) -> Given:
    """Return what leads to a visit that was promised."""
    visit = promise(case, staff.agent, Vow(words="Đến xem máy", due=clock.now() + timedelta(days=1), kind="visit"))
    of_a_promise = ("vow_keep", "vow_move", "vow_withdraw", "vow_calendar")
    given: Given = {f"web:{name}": [case.pk, visit.pk] for name in of_a_promise}
    call = promise(case, staff.agent, Vow(words="Gọi lại", due=clock.now() + timedelta(hours=1), kind="call_back"))
    given |= {
        f"web:{name}": [call.pk] for name in ("call", "call_take", "call_reached", "call_not_reached", "call_dropped")
    }
    return given | {"portal:appointment": [case.link_key, visit.pk]}


def _assisted(case: Case) -> Given:
    """Return what leads to an assistant, and to what it wrote that waits for a person."""
    bong = Person.objects.create(email="bong@assistants.invalid", name="Bông", role=Role.ASSISTANT, level="agent")
    draft = Proposal.objects.create(case=case, person=bong, body="Chào chị.", made_at=clock.now())
    given: Given = {f"assistants:{name}": [bong.pk] for name in ("turn", "let_go")}
    return given | {f"web:{name}": [case.pk, draft.pk] for name in ("send_draft", "throw_draft")}


def _planned(staff: Any) -> Given:
    """Return what leads to a draft that was tried, a directive, and a move of open cases."""
    now = clock.now()
    draft = Draft.objects.create(
        title="Thử", hash="0" * 12, frozen=plans.in_force().row.frozen, made_at=now, made_by=staff.manager
    )
    replay = Replay.objects.create(draft=draft, against_id=1, since=now, until=now, source="desk", made_at=now)
    Directive.objects.create(
        number=1,
        title="Kiểm kê",
        overlay='hours: {office: {"2026-03-06": closed}}',
        begins_at=now,
        ends_at=now + timedelta(days=3),
        made_at=now,
    )
    move = Move.objects.create(to_id=1, losses="keep", total=0, made_at=now, made_by=staff.manager)
    numbered = ("plan_news", "plan_read", "directive", "directive_read", "directive_withdraw")
    replayed = ("web:what_if_run", "web:what_if_again", "api:read_replay")
    given: Given = {f"web:{name}": [1] for name in numbered} | {name: [replay.pk] for name in replayed}
    return given | {"web:move": [move.pk]}


def _kept(staff: Any) -> Given:
    """Return what leads to what colleagues keep beside cases: views, runs, absences, work that failed."""
    now = clock.now()
    absence = Absence.objects.create(
        person=staff.agent, since=now, until=now + timedelta(days=2), entered_by=staff.agent
    )
    failed = DueWork.objects.create(kind="deliver_message", key="failed", due_at=now, failed_at=now)
    view = SavedView.objects.create(name="Gấp", query="is:overdue", person=staff.agent, shared=True)
    run = BulkRun.objects.create(person=staff.agent, verb="take", at=now)
    notice = Notice.objects.create(
        person=staff.agent, directive_id=1, kind=Kind.DIRECTIVE, code="directed", last_event=1, at=now
    )
    brought = Import.objects.create(
        rows="customers",
        source="shop",
        name="a.csv",
        kind="csv",
        size=1,
        made_at=now,
        made_by=staff.manager,
        how={"kind": "csv"},
        mapping={"rows": "customers", "source": "shop", "fields": {"name": {"column": ["a"]}}},
        state=Import.State.DONE,
    )
    return {
        **{f"web:import{what}": [brought.pk] for what in IMPORT},
        "web:view_drop": [view.pk],
        "web:bulk_run": [run.pk],
        "web:bulk_undo": [run.pk],
        "web:away_cancel": [absence.pk],
        "web:retry": [failed.pk],
        **{f"web:{name}": [staff.colleague.pk] for name in ("person", "person_let_go")},
        "web:person_link": [staff.agent.pk],
        "web:notice": [notice.pk],
    }


def _followed(hoa: Any) -> FollowUp:
    """Return what she was written of our own accord."""
    now = clock.now()
    when = {"happened_at": now, "due_at": now, "done_at": now, "plan_version": plans.in_force().row}
    written = {"event": "resolved", "state": FollowUp.State.SENT, "mail": "hoa@example.com"}
    return FollowUp.objects.get_or_create(row="listen", subject="case:1", customer=hoa, defaults=when | written)[0]


def _recalled(hoa: Any, staff: Any) -> Recall:
    """Return a batch that somebody named."""
    product = purchase(hoa, number="BX-RECALL").product
    return prepare(Batch(product=product, policy="exchange", words="Đổi ngay.", serials="A1"), staff.manager)


def _plain(hoa: Any, log: str) -> Given:
    """Return what leads to the customer, to measures, mail of the demo, and pages of others."""
    keep(mail(), "hoa@example.com", "desk@tantam.localhost")
    lies = intake.take_in(intake.store("mail", mail("", Subject="")).pk)
    return {
        **{f"web:tray_{what}": [lies.pk] for what in ("one", "raw", "make_case", "put", "throw", "take_back")},
        **{f"web:tray_{what}": [lies.pk] for what in ("spam", "let_in")},
        "portal:received": [held.key_of(lies)],
        **calls.arguments(),
        **{f"web:customer{what}": [hoa.pk] for what in CUSTOMER},
        "web:request_new": [hoa.pk],
        "web:request": [note_request(hoa, Asked(Request.Kind.READ, Request.Way.PHONE)).pk],
        "web:new_case": [hoa.pk],
        **{f"web:provider{what}": ["carriers"] for what in ("", "_lift", "_take_back")},
        "web:contract_new": [hoa.pk],
        **{f"web:contract{each}": [_agreed(hoa).pk] for each in ("", "_do")},
        "web:department": ["workshop"],
        "web:group": ["elderly"],
        "api:measure": ["promises_kept"],
        "web:measure": ["promises_kept"],
        "web:history": [log, "INC0000045"],
        "portal:help": ["faulty"],
        "portal:come_in": ["used-up"],
        "messaging:delivered": ["whatsapp"],
        "mail_service:called": ["inbound"],
        "portal:follow_up": [_followed(hoa).link_key],
        "web:follow_up_note": [_followed(hoa).pk],
        "portal:stop": [stop_page(hoa, "survey").split("/")[-2]],
        "tokens:revoke": [_token().pk],
        "reference:about": ["cases"],
        **_webhook(),
        "mail:box": ["desk@tantam.localhost"],
        "mail:letter": [CaughtMail.objects.get().pk],
        "account_confirm_email": ["key"],
        "account_reset_password_from_key": ["1", "key"],
        **{f"admin:{model}_{page}": [1] for model in ADMIN_MODELS for page in ("history", "delete", "change")},
        "admin:view_on_site": [1, 1],
        "admin:app_list": ["arrivals"],
        "admin:auth_user_password_change": [1],
    }


def _agreed(hoa: Any) -> Contract:
    """Return a contract with the customer."""
    return Contract.objects.get_or_create(number="V-12", customer=hoa, defaults={"begins": date(2026, 1, 1)})[0]


def _written(case: Any, staff: Any) -> Given:
    """Return what leads to drafts, files and ready texts."""
    draft: Any = keep_draft(case, staff.agent, "Dạ.", files=bring([("a.png", [picture()])]))
    (kept,) = draft.attachments.all()
    message = case.messages.order_by("id")[0]
    (sent,) = attach(case, bring([("b.png", [picture()])]), to=message)
    RichBody.objects.create(message=message, html="<p>Dạ.</p>")
    macro = keep_macro(staff.agent, WrittenMacro("Chào", {"vi": "{greeting}"}))
    of_a_draft = ("take_over", "discard", "take_back")
    return {
        **{f"web:{name}": [case.pk, draft.pk] for name in of_a_draft},
        "web:drop_file": [case.pk, kept.pk],
        "web:file": [sent.pk],
        "web:small": [sent.pk],
        "web:rich": [message.pk],
        "web:text_used": [case.pk, macro.pk],
        "web:text": [macro.pk],
        "web:delete_text": [macro.pk],
        "portal:file": [case.link_key, sent.pk],
        "portal:small": [case.link_key, sent.pk],
        **window_in(case, sent),
        **_quoted(case, staff),
    }


def _quoted(case: Any, staff: Any) -> Given:
    """Return what leads to a quote."""
    now = clock.now()
    asked = Enquiry.objects.get_or_create(case=case, defaults={"asked_at": now})[0]
    made = {"made_at": now, "made_by": staff.agent, "valid_until": now + timedelta(days=14)}
    number = Quote.objects.create(enquiry=asked, total_minor=1000, currency="VND", **made).number
    return {"web:accept_quote": [case.pk, number]} | {
        f"portal:{each}_quote": [case.link_key, number] for each in ("accept", "decline")
    }


def _token() -> ApiToken:
    """Return a token of nobody who asks."""
    by = Person.objects.create(email="token@desk.example", name="Token", level="agent", password="!")
    return make_token(by, NewToken("Shop", ("read:cases",)))[0]


def _webhook() -> Given:
    """Return what leads to an address that was told something."""
    now = clock.now()
    endpoint = Endpoint.objects.create(url="https://hooks.example/", wants=["*"], secret=new_secret(), made_at=now)
    sent = Delivery.objects.create(endpoint=endpoint, code="test", at=now)
    of_it = ("webhook", "turn", "stop", "start", "remove", "test", "failed_again")
    given: Given = {f"webhooks:{name}": [endpoint.pk] for name in of_it}
    return given | {"webhooks:again": [endpoint.pk, sent.pk]}


def routes() -> list[str]:
    """Return the names of all addresses."""
    return sorted(set(_names(get_resolver().url_patterns)))


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, space + (f"{each.namespace}:" if each.namespace else ""))
        elif each.name:
            yield space + each.name
