"""Every address, asked by everybody in every manner: a new one fails here until its door is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tantam.desk import plans
from tantam.desk.accounts.models import Person
from tantam.desk.cases.actions import keep_draft, keep_macro, promise
from tantam.desk.cases.attachments import attach, bring
from tantam.desk.cases.macros import WrittenMacro
from tantam.desk.cases.models import BulkRun, RichBody, SavedView
from tantam.desk.cases.vows import Vow
from tantam.desk.channels.email.catchall import keep
from tantam.desk.channels.email.models import CaughtMail
from tantam.desk.claims.actions import ask_approval, file_claim
from tantam.desk.claims.tickets import ticket
from tantam.desk.common import clock
from tantam.desk.common.models import DueWork
from tantam.desk.common.money import Money
from tantam.desk.duty.models import Absence
from tantam.desk.plans.models import Directive, Draft, Move, Replay
from tests.desk.channels.letters import mail
from tests.desk.files.test_store import picture
from tests.support.desk import concern, purchase
from tests.support.shared import shared_by

PEOPLE = ("anonymous", "outsider", "agent", "specialist", "manager", "administrator")


@dataclass(frozen=True)
class Door:
    """What each of PEOPLE meets, a letter each.

    o: let in; -: nothing here; >: sign in first; x: not in this manner; !: no token; s: sent elsewhere, not let in;
    *: the operator, whom Django's admin answers as it likes, but without failing.
    """

    get: str = "xxxxxx"
    post: str = "xxxxxx"
    put: str = "xxxxxx"


PUBLIC = Door(get="oooooo")
FORM = Door(get="oooooo", post="oooooo")
PRIVATE_ACT = Door(post="oooooo")
STAFF = Door(get=">-oooo")
ACT = Door(post=">-oooo")
MANAGERS = Door(get=">---oo")
ADMINISTRATORS = Door(get=">----o")
OPERATOR = Door(get=">>>>>*", post=">>>>>*", put=">>>>>*")
OWN = Door(get=">ooooo", post=">ooooo", put=">ooooo")
CUSTOMER = ("", "_change", "_reach", "_consent", "_places", "_organisations")
ADMIN_MODELS = ("email_receivedmail", "auth_group", "account_emailaddress", "accounts_person")
DOORS = {
    "portal:home": PUBLIC,
    "portal:plan": PUBLIC,
    "portal:help": FORM,
    "portal:case": PUBLIC,  # whoever has its key
    "portal:write": PRIVATE_ACT,
    "portal:settled": PRIVATE_ACT,
    "portal:file": PUBLIC,  # as its case
    "portal:small": PUBLIC,
    "portal:higher": PRIVATE_ACT,
    "style:guide": STAFF,
    "style:paper": PUBLIC,
    "style:diagram": PUBLIC,
    "mail:boxes": PUBLIC,  # in the demo only
    "mail:box": PUBLIC,
    "mail:letter": PUBLIC,
    "api:api-root": Door(get="------", post="------", put="------"),
    "api:openapi-json": Door(get="oooooo", post="oooooo", put="oooooo"),
    "api:open_case": Door(post="!!!!!!"),
    "api:list_drafts": Door(get="!!!!!!"),
    "api:ask_replay": Door(post="!!!!!!"),
    "api:read_replay": Door(get="!!!!!!"),
    "api:measures": Door(get="!!!!oo"),
    "api:measure": Door(get="!!!!oo"),
    "web:inbox": STAFF,
    "web:inbox_rows": STAFF,
    "web:live": STAFF,
    "web:looking": ACT,
    "web:view_save": ACT,
    "web:view_drop": Door(post=">-o---"),  # thrown away by the first who may
    "web:bulk": ACT,
    "web:bulk_do": ACT,
    "web:bulk_run": Door(get=">-o---"),  # whose it is
    "web:bulk_undo": Door(post=">-o---"),
    "web:case": STAFF,
    "web:say": ACT,
    "web:draft": ACT,
    "web:add_files": ACT,
    "web:drop_file": Door(post=">-o---"),  # gone with the first who asks
    "web:take_over": ACT,
    "web:discard": ACT,
    "web:take_back": ACT,
    "web:file": STAFF,
    "web:small": STAFF,
    "web:rich": STAFF,
    "web:look_over": ACT,
    "web:case_texts": STAFF,
    "web:text_used": ACT,
    "web:texts": STAFF,
    "web:new_text": Door(get=">-oooo", post=">-oooo"),
    "web:text": Door(get=">-oooo", post=">-oooo"),
    "web:delete_text": Door(post=">-o---"),  # gone with the first who asks
    "web:restore_text": ACT,
    "web:take": ACT,
    "web:hand_over": ACT,
    "web:escalate": ACT,
    "web:resolve": ACT,
    "web:reopen": ACT,
    "web:watch_case": ACT,
    "web:unwatch_case": ACT,
    "web:pin": ACT,
    "web:settle_pin": ACT,
    "web:unpin": Door(post=">-o---"),  # taken off by the first who may
    "web:snooze": ACT,
    "web:wake": ACT,
    "web:tag": ACT,
    "web:untag": Door(post=">-o---"),
    "web:link": ACT,
    "web:unlink": Door(post=">-o---"),
    "web:fill_in": ACT,
    "web:join": Door(get=">-oooo", post=">-oooo"),
    "web:unmerge": ACT,
    "web:part": Door(get=">-oooo", post=">-oooo"),
    "web:unpart": ACT,
    "web:tags": STAFF,
    "web:mentions": STAFF,
    "web:procedure": STAFF,
    "web:begin_procedure": ACT,
    "web:stop_procedure": ACT,
    "web:do_step": ACT,
    "web:skip_step": ACT,
    "web:back_to_step": ACT,
    "web:grant": ACT,
    "web:refuse": ACT,
    "web:prove": ACT,
    "web:ask_approval": ACT,
    "web:approvals": STAFF,
    "web:approval": STAFF,
    "web:decide": ACT,
    "web:withdraw_approval": ACT,
    "web:decide_by_mail": FORM,  # whoever has its ticket
    "web:watch": MANAGERS,
    "web:grade": ACT,
    "web:deescalate": ACT,
    "web:give_back": ACT,
    "web:customers": STAFF,
    "web:customer": STAFF,
    "web:customer_new": Door(get=">-oooo", post=">-oooo"),
    "web:customer_change": ACT,
    "web:customer_reach": ACT,
    "web:customer_consent": ACT,
    "web:customer_places": ACT,
    "web:customer_organisations": ACT,
    "web:new_case": Door(get=">-oooo", post=">-oooo"),
    "web:team": STAFF,
    "web:presence": ACT,
    "web:away": ACT,
    "web:away_cancel": ACT,
    "web:providers": STAFF,
    "web:plan": STAFF,
    "web:versions": MANAGERS,
    "web:moving": Door(get=">---oo", post=">---oo"),
    "web:plan_news": STAFF,
    "web:plan_read": ACT,
    "web:move": MANAGERS,
    "web:move_one": Door(get=">---oo", post=">---oo"),
    "web:directives": STAFF,
    "web:directive_new": Door(get=">---oo", post=">---oo"),
    "web:directive": STAFF,
    "web:directive_read": ACT,
    "web:directive_withdraw": Door(post=">---oo"),
    "web:what_if": Door(get=">---oo", post=">---oo"),
    "web:what_if_run": MANAGERS,
    "web:what_if_again": Door(post=">---oo"),
    "web:measures": MANAGERS,
    "web:measure": MANAGERS,
    "web:promises": MANAGERS,
    "web:history": MANAGERS,
    "portal:appointment": PUBLIC,
    "web:promise": ACT,
    "web:vow_found": ACT,
    "web:vow_take": ACT,
    "web:vow_keep": ACT,
    "web:vow_move": ACT,
    "web:vow_withdraw": ACT,
    "web:vow_calendar": STAFF,
    "web:vows": STAFF,
    "web:ask_department": ACT,
    "web:except": ACT,
    "web:decline": ACT,
    "web:departments": STAFF,
    "web:department": STAFF,
    "web:limits": MANAGERS,
    "web:trouble": ADMINISTRATORS,
    "web:retry": Door(post=">----o"),
    "web:find": STAFF,
    "web:profile": Door(get=">-oooo", post=">-oooo"),
    "account_login": Door(get="osssss", post="osssss", put="osssss"),
    "account_logout": Door(get="sooooo", post="sooooo"),
    "account_signup": Door(get="osssss", post="osssss", put="osssss"),  # says that it is closed
    "account_inactive": PUBLIC,
    "account_reauthenticate": Door(get=">----o", post=">----o", put=">----o"),  # who has a password to repeat
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_email": OWN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": Door(get="oooooo", post="------"),  # says that the key is wrong
    "account_confirm_login_code": Door(get=">sssss", post=">sssss", put=">sssss"),
    "account_reset_password": Door(get="oooooo", post="oooooo", put="oooooo"),
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": Door(get="oooooo", post="oooooo", put="oooooo"),  # says that the key is wrong
    "account_reset_password_from_key_done": PUBLIC,
    "admin:login": Door(get=">----*", post=">----*", put=">----*"),  # the one way to sign in is the staff's
    "admin:logout": Door(get="sssss*", post="sssss*", put="sssss*"),
    "admin:index": OPERATOR,
    "admin:password_change": OPERATOR,
    "admin:password_change_done": OPERATOR,
    "admin:autocomplete": OPERATOR,
    "admin:jsi18n": OPERATOR,
    "admin:view_on_site": OPERATOR,
    "admin:app_list": OPERATOR,
    "admin:auth_user_password_change": OPERATOR,
    **{
        f"admin:{model}_{page}": OPERATOR
        for model in ADMIN_MODELS
        for page in ("changelist", "add", "history", "delete", "change")
    },
}


@pytest.fixture
def addresses(hoa: Any, staff: Any, log: str, settings: Any) -> dict[str, str]:
    """Return {name: a path that leads to something}."""
    settings.DEMO = True
    claim = file_claim(
        concern(hoa, purchase=purchase(hoa), topic="refund", told={"condition": "like_new"}), policy="refund"
    )
    case = claim.case
    keep(mail(), "hoa@example.com", "desk@tantam.localhost")
    absence = Absence.objects.create(
        person=staff.agent, since=clock.now(), until=clock.now() + timedelta(days=2), entered_by=staff.agent
    )
    failed = DueWork.objects.create(kind="deliver_message", key="failed", due_at=clock.now(), failed_at=clock.now())
    draft = Draft.objects.create(
        title="Thử", hash="0" * 12, frozen=plans.in_force().row.frozen, made_at=clock.now(), made_by=staff.manager
    )
    replay = Replay.objects.create(
        draft=draft, against_id=1, since=clock.now(), until=clock.now(), source="desk", made_at=clock.now()
    )
    Directive.objects.create(
        number=1,
        title="Kiểm kê",
        overlay='hours: {office: {"2026-03-06": closed}}',
        begins_at=clock.now(),
        ends_at=clock.now() + timedelta(days=3),
        made_at=clock.now(),
    )
    approval = ask_approval(claim, staff.agent, "Gấp.", amount=Money(5_000_000, "VND"))
    move = Move.objects.create(to_id=1, losses="keep", total=0, made_at=clock.now(), made_by=staff.manager)
    view = SavedView.objects.create(name="Gấp", query="is:overdue", person=staff.agent, shared=True)
    run = BulkRun.objects.create(person=staff.agent, verb="take", at=clock.now())
    visit = promise(case, staff.agent, Vow(words="Đến xem máy", due=clock.now() + timedelta(days=1), kind="visit"))
    shared = shared_by(case, staff)
    given = {
        "web:view_drop": [view.pk],
        "web:bulk_run": [run.pk],
        "web:bulk_undo": [run.pk],
        "web:looking": [case.pk],
        "web:move": [move.pk],
        "web:move_one": [case.pk],
        "web:plan_news": [1],
        "web:plan_read": [1],
        "web:directive": [1],
        "web:directive_read": [1],
        "web:directive_withdraw": [1],
        "web:what_if_run": [replay.pk],
        "web:what_if_again": [replay.pk],
        "api:read_replay": [replay.pk],
        "portal:case": [case.link_key],
        "portal:write": [case.link_key],
        "portal:settled": [case.link_key],
        "portal:higher": [case.link_key],
        "web:approval": [approval.pk],
        "web:decide": [approval.pk],
        "web:withdraw_approval": [approval.pk],
        "web:decide_by_mail": [ticket(approval, staff.specialist)],
        "portal:help": ["faulty"],
        "mail:box": ["desk@tantam.localhost"],
        "mail:letter": [CaughtMail.objects.get().pk],
        **{f"web:customer{what}": [hoa.pk] for what in CUSTOMER},
        "web:new_case": [hoa.pk],
        "web:away_cancel": [absence.pk],
        "api:measure": ["promises_kept"],
        "web:measure": ["promises_kept"],
        "web:history": [log, "INC0000045"],
        "web:retry": [failed.pk],
        "account_confirm_email": ["key"],
        "account_reset_password_from_key": ["1", "key"],
        "admin:view_on_site": [1, 1],
        "admin:app_list": ["email"],
        "admin:auth_user_password_change": [1],
    }
    of_a_promise = ("vow_keep", "vow_move", "vow_withdraw", "vow_calendar")
    given |= {f"web:{name}": [case.pk, visit.pk] for name in of_a_promise}
    asked = ("promise", "vow_found", "vow_take", "ask_department", "except", "decline")
    given |= {f"web:{name}": [case.pk] for name in asked}
    given |= {"web:department": ["workshop"], "portal:appointment": [case.link_key, visit.pk]}
    of_a_step = ("web:do_step", "web:skip_step", "web:back_to_step")
    of_a_claim = ("web:grant", "web:refuse", "web:prove", "web:ask_approval")
    of_a_case = {name: [case.pk] for name in ("case", "say", "take", "hand_over", "escalate", "resolve", "reopen")}
    of_a_case |= {name: [case.pk] for name in ("procedure", "begin_procedure", "stop_procedure")}
    of_a_case |= {name: [case.pk] for name in ("grade", "deescalate", "give_back")}
    given |= {f"web:{name}": values for name, values in of_a_case.items()} | shared | _written(case, staff)
    given |= {name: [case.pk, claim.pk] for name in of_a_claim}
    given |= {name: [case.pk, case.runs.get().tokens[0]["number"]] for name in of_a_step}
    rows = {f"admin:{model}_{page}": [1] for model in ADMIN_MODELS for page in ("history", "delete", "change")}
    return {name: reverse(name, args=(given | rows).get(name, [])) for name in routes()}


def _written(case: Any, staff: Any) -> dict[str, list[object]]:
    """Return what leads to drafts, files and ready texts."""
    draft: Any = keep_draft(case, staff.agent, "Dạ.", files=bring([("a.png", [picture()])]))
    (kept,) = draft.attachments.all()
    message = case.messages.order_by("id")[0]
    (sent,) = attach(case, bring([("b.png", [picture()])]), to=message)
    RichBody.objects.create(message=message, html="<p>Dạ.</p>")
    macro = keep_macro(staff.agent, WrittenMacro("Chào", {"vi": "{greeting}"}))
    of_a_case = ("draft", "add_files", "look_over", "case_texts")
    of_a_draft = ("take_over", "discard", "take_back")
    return {
        **{f"web:{name}": [case.pk] for name in of_a_case},
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
    }


@pytest.fixture
def people(staff: Any) -> dict[str, Person | None]:
    """Return everybody of PEOPLE."""
    administrator = Person.objects.create_superuser("an@desk.example", "tam long ben xuan", name="An", level="manager")
    named = {each: getattr(staff, each) for each in ("outsider", "agent", "specialist", "manager")}
    return {"anonymous": None, "administrator": administrator} | named


def routes() -> list[str]:
    """Return the names of all addresses."""
    return sorted(set(_names(get_resolver().url_patterns)))


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, space + (f"{each.namespace}:" if each.namespace else ""))
        elif each.name:
            yield space + each.name


def test_every_address_has_its_door_written_down() -> None:
    assert sorted(DOORS) == routes()


@pytest.mark.parametrize("name", sorted(DOORS))
def test_everybody_meets_the_door_that_is_written_down(name: str, addresses: Any, people: Any) -> None:
    for manner in ("get", "post", "put"):
        wanted = getattr(DOORS[name], manner)
        answers = [_ask(manner, addresses[name], people[who]) for who in PEOPLE]
        met = "".join(_letter(answer, letter) for answer, letter in zip(answers, wanted, strict=True))
        assert met == wanted, f"{manner} {addresses[name]}"
        assert all(_is_guarded(answer) for answer in answers), f"{manner} {addresses[name]}"


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if set(door.post) & set("o*")])
def test_form_of_another_site_is_not_taken(name: str, addresses: Any, people: Any) -> None:
    if name == "api:openapi-json":
        return  # a document, whatever the manner
    answer = _ask("post", addresses[name], people["administrator"], strict=True)
    assert answer.status_code in (302, 403), name
    assert answer.status_code == 403 or not answer.headers["Location"].startswith("/desk/cases/")


def test_answers_that_fail_are_guarded_too(plan: Any, hoa: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("tantam.desk.portal.views.home.page", fail)
    browser = Client(raise_request_exception=False)
    for path, status in (("/", 500), ("/nowhere/", 404), ("/c/wrong/", 404)):
        answer = browser.get(path)
        assert answer.status_code == status
        assert _is_guarded(answer)


def _ask(manner: str, path: str, person: Person | None, *, strict: bool = False) -> Any:
    browser = Client(raise_request_exception=False, enforce_csrf_checks=strict)
    if person is not None:
        browser.force_login(person)
    return getattr(browser, manner)(path)


def _is_guarded(answer: Any) -> bool:
    """Whether a browser is told to run and frame nothing that is not ours."""
    policy = answer.headers.get("Content-Security-Policy", "")
    framed = answer.headers.get("X-Frame-Options") == "DENY"
    sniffed = answer.headers.get("X-Content-Type-Options") == "nosniff"
    return "default-src 'none'" in policy and "unsafe" not in policy and framed and sniffed


def _letter(answer: Any, wanted: str) -> str:
    """Return what was met. wanted: where several letters fit, the one that was written down."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if wanted == "*":
        return "*" if status < 500 and "/login/" not in to else "?"
    if "/login/" in to:
        return ">"
    if status in (301, 302):
        return "s" if wanted == "s" else "o"
    letters = {405: "x", 404: "-", 403: "-", 401: "!", 200: "o", 409: "o", 422: "o"}
    return letters.get(status, str(status))
