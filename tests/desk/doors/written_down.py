"""Whom each address of the desk lets in, in which manner: a new page writes its door here."""

from __future__ import annotations

from dataclasses import dataclass

from tests.desk.api import calls
from tests.desk.chats import furnished as chats
from tests.desk.doors.furnished import ADMIN_MODELS

PEOPLE = ("anonymous", "outsider", "agent", "specialist", "manager", "administrator")
PEOPLE += ("reviewer", "lead", "auditor", "partner")  # the lead and the partner are of another house
NOBODY = "x" * len(PEOPLE)


@dataclass(frozen=True)
class Door:
    """What each of PEOPLE meets, a letter each.

    o: let in; -: nothing here; r: told that they only read; >: sign in first; x: not in this manner; !: no token;
    s: sent elsewhere, not let in; *: the operator, whom Django's admin answers as it likes, but without failing.
    """

    get: str = NOBODY
    post: str = NOBODY
    put: str = NOBODY


class OfTheHouse(Door):
    """What is the house's own, whichever cases the people of another house see."""


PUBLIC = Door(get="oooooooooo")
FORM = Door(get="oooooooooo", post="oooooooooo")
PRIVATE_ACT = Door(post="oooooooooo")
STAFF = Door(get=">-oooooooo")
ACT = Door(post=">-oooorrro")
WORKERS = Door(get=">-oooorrro", post=">-oooorrro")  # nothing but a form
OF_CASE = Door(get=">-ooooo-o-")  # the case is the house's own
CASE_ACT = Door(post=">-oooorrr-")
CASE_FORM = Door(get=">-oooorrr-", post=">-oooorrr-")
TRAY = OfTheHouse(get=">-oooorrr-")
TRAY_ACT = OfTheHouse(post=">-oooorrr-")
FIRST = Door(post=">-o---rrr-")  # gone with the first who asks
OWN_PAGE = Door(get=">-oooooooo", post=">-oooooooo")
OVERSEERS = Door(get=">---oo--o-")
MANAGERS = Door(get=">---oo----")
ADMINISTRATORS = Door(get=">----o----")
OPERATOR = Door(get=">>>>>*>>>>", post=">>>>>*>>>>", put=">>>>>*>>>>")
OWN = Door(get=">ooooooooo", post=">ooooooooo", put=">ooooooooo")
DOORS = {
    "portal:home": PUBLIC,
    "portal:plan": PUBLIC,
    "portal:help": FORM,
    "portal:answers": PUBLIC,
    "portal:offered": PUBLIC,
    "portal:call_me": FORM,
    "portal:ask_quote": FORM,
    "portal:accept_quote": PRIVATE_ACT,
    "portal:decline_quote": PRIVATE_ACT,
    "portal:lost": FORM,
    "portal:received": PUBLIC,  # whoever has its key
    "portal:lost_asked": PUBLIC,
    "portal:follow_up": FORM,  # whoever has its key
    "portal:stop": FORM,  # whoever has its key
    "portal:case": PUBLIC,  # whoever has its key
    "portal:write": PRIVATE_ACT,
    "portal:settled": PRIVATE_ACT,
    "portal:file": PUBLIC,  # as its case
    "portal:small": PUBLIC,
    "portal:tell": FORM,  # whoever has its key
    "portal:higher": PRIVATE_ACT,
    "portal:accept": PRIVATE_ACT,
    "portal:choose": PRIVATE_ACT,
    "portal:dispute": PRIVATE_ACT,
    "portal:take_back": PRIVATE_ACT,
    "portal:rating": FORM,
    "portal:confirm": PRIVATE_ACT,
    "portal:mine": FORM,  # asks who has no stay
    "portal:mine_asked": PUBLIC,
    "portal:data": FORM,  # sends elsewhere who has no stay
    "portal:come_in": FORM,  # whoever has a link that is good
    "portal:go": PRIVATE_ACT,
    "style:guide": STAFF,
    "style:letters": STAFF,
    "style:letter_style": PUBLIC,
    "style:paper": PUBLIC,
    "style:diagram": PUBLIC,
    "mail:boxes": PUBLIC,  # in the demo only
    "mail:box": PUBLIC,
    "mail:letter": PUBLIC,
    "mail_service:called": Door(post="----------"),  # whoever signs; nobody where there is none
    "messaging:delivered": Door(get="----------", post="----------"),  # whoever signs; nobody where there is no account
    "phone:told": Door(post="----------"),  # whoever signs; nobody where there is no secret
    "phone:twilio": Door(post="----------"),
    "api:api-root": Door(get="----------", post="----------", put="----------"),
    "api:openapi-json": Door(get="oooooooooo", post="oooooooooo", put="oooooooooo"),
    **{name: Door(**met) for name, met in calls.doors(len(PEOPLE)).items()},
    **{name: Door(**met) for name, met in chats.doors(len(PEOPLE)).items()},
    "api:measures": Door(get="!!!!oo!!o!"),
    "api:measure": Door(get="!!!!oo!!o!"),
    "web:inbox": STAFF,
    "web:inbox_rows": STAFF,
    "web:live": STAFF,
    "web:looking": CASE_ACT,
    "web:view_save": ACT,
    "web:view_drop": Door(post=">-o---rrr-"),  # thrown away by the first who may
    "web:bulk": ACT,
    "web:bulk_do": ACT,
    "web:bulk_run": Door(get=">-o-------"),  # whose it is
    "web:bulk_undo": Door(post=">-o---rrr-"),
    "web:case": OF_CASE,
    "web:say": CASE_ACT,
    "web:draft": CASE_ACT,
    "web:add_files": CASE_ACT,
    "web:drop_file": FIRST,  # gone with the first who asks
    "web:take_over": CASE_ACT,
    "web:discard": CASE_ACT,
    "web:take_back": CASE_ACT,
    "web:file": OF_CASE,
    "web:small": OF_CASE,
    "web:rich": OF_CASE,
    "web:look_over": CASE_ACT,
    "web:case_texts": OF_CASE,
    "web:text_used": CASE_ACT,
    "web:texts": STAFF,
    "web:wordings": STAFF,
    "web:ask_wordings": ACT,
    "web:write_wording": CASE_ACT,
    "web:new_text": WORKERS,
    "web:text": WORKERS,
    "web:delete_text": Door(post=">-o---rrr-"),  # gone with the first who asks
    "web:restore_text": ACT,
    "web:take": CASE_ACT,
    "web:hand_over": CASE_ACT,
    "web:escalate": CASE_ACT,
    "web:resolve": CASE_ACT,
    "web:reopen": CASE_ACT,
    "web:watch_case": CASE_ACT,
    "web:reveal_contacts": CASE_ACT,
    "web:hand_to_provider": CASE_ACT,
    "web:hand_back": CASE_ACT,
    "web:unwatch_case": CASE_ACT,
    "web:pin": CASE_ACT,
    "web:settle_pin": CASE_ACT,
    "web:unpin": FIRST,  # taken off by the first who may
    "web:snooze": CASE_ACT,
    "web:wake": CASE_ACT,
    "web:tag": CASE_ACT,
    "web:untag": FIRST,
    "web:link": CASE_ACT,
    "web:unlink": FIRST,
    "web:fill_in": CASE_ACT,
    "web:join": CASE_FORM,
    "web:unmerge": CASE_ACT,
    "web:part": CASE_FORM,
    "web:unpart": CASE_ACT,
    "web:tags": STAFF,
    "web:mentions": STAFF,
    "web:procedure": OF_CASE,
    "web:begin_procedure": CASE_ACT,
    "web:stop_procedure": CASE_ACT,
    "web:do_step": CASE_ACT,
    "web:skip_step": CASE_ACT,
    "web:back_to_step": CASE_ACT,
    "web:grant": CASE_ACT,
    "web:money": OVERSEERS,
    "web:recalls": OVERSEERS,
    "web:recall_new": Door(get=">---oo----", post=">---oo----"),
    "web:recall": OVERSEERS,
    "web:recall_begin": Door(post=">---oo----"),
    "web:recall_stop": Door(post=">---oo----"),
    "web:pay": CASE_ACT,
    "web:take_back_grant": CASE_ACT,
    "web:refuse": CASE_ACT,
    "web:prove": CASE_ACT,
    "web:let_stand": CASE_ACT,
    "web:choose": CASE_ACT,
    "web:note_purchase": CASE_ACT,
    "web:correct_purchase": CASE_ACT,
    "web:ask_approval": CASE_ACT,
    "web:approvals": STAFF,
    "web:approval": OF_CASE,
    "web:decide": CASE_ACT,
    "web:withdraw_approval": CASE_ACT,
    "web:decide_by_mail": FORM,  # whoever has its ticket
    "web:watch": OVERSEERS,
    "web:grade": CASE_ACT,
    "web:deescalate": CASE_ACT,
    "web:give_back": CASE_ACT,
    "web:customers": STAFF,
    "web:customer": OF_CASE,
    "web:customer_new": WORKERS,
    "web:customer_change": TRAY_ACT,
    "web:customer_erase": Door(get=">---oo----", post=">---oo----"),
    "web:customer_everything": MANAGERS,
    "web:requests": MANAGERS,
    "web:request": Door(get=">---oo----", post=">---oo----"),
    "web:request_new": OfTheHouse(get=">-oooorrr-", post=">-oooorrr-"),
    "web:customer_timeline": OfTheHouse(get=">-ooooo-o-"),
    "web:same": Door(get=">-ooooo-o-", post=">-oooorrr-"),
    "web:customer_same": Door(get=">-ooooo-o-", post=">-oooorrr-"),
    "web:customer_reach": TRAY_ACT,
    "web:customer_consent": TRAY_ACT,
    "web:customer_places": TRAY_ACT,
    "web:customer_organisations": TRAY_ACT,
    "web:customer_units": TRAY_ACT,
    "web:customer_deliveries": TRAY_ACT,
    "web:contract_new": OfTheHouse(get=">-oooorrr-", post=">-oooorrr-"),
    "web:contracts": STAFF,
    "web:contract": OfTheHouse(get=">-ooooo-o-", post=">-oooorrr-"),
    "web:contract_do": OfTheHouse(post=">-oooorrr-"),
    "web:new_case": OfTheHouse(get=">-oooorrr-", post=">-oooorrr-"),
    "web:team": STAFF,
    "web:presence": ACT,
    "web:away": ACT,
    "web:away_cancel": ACT,
    "web:people": OVERSEERS,
    "web:person_new": Door(get=">---oo----", post=">---oo----"),
    "web:person": Door(get=">---oo----", post=">---oo----"),
    "web:person_let_go": Door(post=">---oo----"),
    "web:person_link": Door(post=">---oo----"),
    "web:providers": STAFF,
    "web:provider": Door(get=">---oo-oo-"),  # who oversees, and who leads them
    "web:reviews": STAFF,
    "web:review": Door(get=">---ooo-o-", post=">---ooo-o-"),  # who sees all; and whose it was
    "web:provider_lift": Door(post=">---oo----"),
    "web:provider_take_back": Door(post=">---oo----"),
    "web:plan": STAFF,
    "web:versions": OVERSEERS,
    "web:moving": Door(get=">---oo----", post=">---oo----"),
    "web:plan_news": STAFF,
    "web:plan_read": ACT,
    "web:move": OVERSEERS,
    "web:move_one": Door(get=">---oo----", post=">---oo----"),
    "web:directives": STAFF,
    "web:directive_new": Door(get=">---oo----", post=">---oo----"),
    "web:directive": STAFF,
    "web:directive_read": ACT,
    "web:directive_withdraw": Door(post=">---oo----"),
    "web:imports": Door(get=">---oo----", post=">---oo----"),
    "web:import": MANAGERS,
    **{f"web:import_{what}": Door(post=">---oo----") for what in ("columns", "start", "stop", "throw")},
    "web:import_rejected": MANAGERS,
    "web:what_if": Door(get=">---oo--o-", post=">---oo--r-"),
    "web:what_if_run": OVERSEERS,
    "web:what_if_again": Door(post=">---oo----"),
    "web:measures": OVERSEERS,
    "web:measure": OVERSEERS,
    "web:promises": OVERSEERS,
    "web:history": OVERSEERS,
    "portal:appointment": PUBLIC,
    "web:calls": STAFF,
    "web:sales": STAFF,
    "web:quote": CASE_ACT,
    "web:accept_quote": CASE_ACT,
    "web:win": CASE_ACT,
    "web:lose": CASE_ACT,
    "web:follow_ups": STAFF,
    "web:groups": OfTheHouse(get=">-ooooo-o-"),
    "web:customer_profile": OfTheHouse(get=">-ooooo-o-"),
    "web:group": OfTheHouse(get=">-ooooo-o-"),
    "web:customer_told": TRAY_ACT,
    "web:follow_up_note": TRAY_ACT,
    "web:call": OF_CASE,
    "web:call_log": WORKERS,
    "web:call_extension": ACT,
    "web:ringing": STAFF,
    "web:call_take": CASE_ACT,
    "web:call_leave": ACT,
    "web:call_reached": CASE_ACT,
    "web:call_not_reached": CASE_ACT,
    "web:call_dropped": CASE_ACT,
    "web:chats": STAFF,
    "web:chats_rows": STAFF,
    "web:chats_stream": STAFF,
    "web:chats_seat": ACT,
    "web:chat": OF_CASE,
    "web:chat_said": OF_CASE,
    "web:chat_claim": CASE_FORM,
    "web:chat_claim_ask": CASE_ACT,
    **{f"web:chat_{name}": CASE_ACT for name in ("say", "take", "hand_over", "mail", "resolve", "typing", "read")},
    "web:promise": CASE_ACT,
    "web:vow_found": CASE_ACT,
    "web:vow_take": CASE_ACT,
    "web:vow_keep": CASE_ACT,
    "web:vow_move": CASE_ACT,
    "web:vow_withdraw": CASE_ACT,
    "web:vow_calendar": OF_CASE,
    "web:vows": STAFF,
    "web:ask_department": CASE_ACT,
    "web:except": CASE_ACT,
    "web:answer_comment": CASE_ACT,
    "web:decline": CASE_ACT,
    "web:departments": STAFF,
    "web:department": STAFF,
    "web:limits": OVERSEERS,
    "web:tray": TRAY,
    "web:tray_one": TRAY,
    "web:tray_raw": TRAY,
    "web:tray_make_case": TRAY_ACT,
    "web:tray_put": TRAY_ACT,
    "web:tray_throw": TRAY_ACT,
    "web:tray_take_back": TRAY_ACT,
    "web:tray_spam": TRAY_ACT,
    "web:tray_let_in": TRAY_ACT,
    "web:tray_mark": TRAY_ACT,
    "web:call_spam": TRAY_ACT,
    "web:clear_spam": TRAY_ACT,
    "web:trouble": ADMINISTRATORS,
    "web:retry": Door(post=">----o----"),
    "web:find": STAFF,
    "web:notices": Door(get=OWN_PAGE.get),
    "web:notice_count": Door(get=OWN_PAGE.get),
    "web:notices_read": Door(post=OWN_PAGE.post),
    "web:notice": Door(get=">-o-------"),  # whose it is
    "web:notice_ways": OWN_PAGE,
    "web:notice_hook": Door(post=OWN_PAGE.post),
    "web:notice_push": Door(post=OWN_PAGE.post),
    "web:service_worker": Door(get=OWN_PAGE.get),
    "web:profile": OWN_PAGE,
    "web:chat_tag": ADMINISTRATORS,
    "reference:everything": PUBLIC,
    "reference:about": PUBLIC,
    "tokens:tokens": OWN_PAGE,
    "tokens:revoke": Door(post=">----o----"),  # whose it is, and administrators
    "webhooks:webhooks": Door(get=">----o----", post=">----o----"),
    "webhooks:webhook": Door(get=">----o----", post=">----o----"),
    **{
        f"webhooks:{name}": Door(post=">----o----")
        for name in ("turn", "stop", "start", "remove", "test", "failed_again", "again")
    },
    "assistants:assistants": Door(get=">---oo--o-", post=">---oo--r-"),
    "assistants:turn": Door(post=">---oo----"),
    "assistants:let_go": Door(post=">---oo----"),
    "mcp:ask": Door(post="!!!!!!!!!!"),  # whoever has the token of an assistant
    "web:send_draft": CASE_ACT,
    "web:throw_draft": CASE_ACT,
    "web:colours": Door(post=OWN_PAGE.post),
    "web:at_desk": ACT,
    "account_login": Door(get="osssssssss", post="osssssssss", put="osssssssss"),
    "account_logout": Door(get="sooooooooo", post="sooooooooo"),
    "account_signup": Door(get="osssssssss", post="osssssssss", put="osssssssss"),  # says that it is closed
    "account_inactive": PUBLIC,
    "account_reauthenticate": Door(
        get=">----o----", post=">----o----", put=">----o----"
    ),  # who has a password to repeat
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_email": OWN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": Door(get="oooooooooo", post="----------"),  # says that the key is wrong
    "account_confirm_login_code": Door(get=">sssssssss", post=">sssssssss", put=">sssssssss"),
    "account_reset_password": Door(get="oooooooooo", post="oooooooooo", put="oooooooooo"),
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": Door(
        get="oooooooooo", post="oooooooooo", put="oooooooooo"
    ),  # says that the key is wrong
    "account_reset_password_from_key_done": PUBLIC,
    "admin:login": Door(get=">----*----", post=">----*----", put=">----*----"),  # the one way to sign in is the staff's
    "admin:logout": Door(get="sssss*ssss", post="sssss*ssss", put="sssss*ssss"),
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
