"""What other programs may be told: codes of events by kind, and which of their arguments hold no word of anybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALL = "*"
TEST = "test"  # not an event: sent by hand, to try an address
KINDS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "life": (_("A case begins, is settled, is open again"), ("opened", "resolved", "reopened")),
    "talk": (
        _("What is said in a case"),
        (
            "received",
            "replied",
            "asked",
            "noted",
            "delivered",
            "bounced",
            "complained",
            "withheld",
            "held_back",
            "draft_taken_over",
            "mentioned",
            "from_tray",
            "called_spam",
            "cleared_of_spam",
        )
        + ("chat_unread", "chat_mailed", "chat_ended")
        + ("comment_edited", "comment_removed")
        + ("assistant_looked", "assistant_refused", "assistant_drafted", "assistant_draft_sent")
        + ("assistant_draft_thrown",)
        + ("call_missed", "call_answered", "called_us", "called", "call_tried", "call_dropped"),
    ),
    "work": (
        _("Who has a case"),
        ("taken", "handed_over", "escalated", "deescalated", "graded", "offered", "snoozed", "woken")
        + ("watched", "unwatched", "asked_department", "contacts_shown", "provided")
        + ("errand_asked", "errand_late", "errand_ended")
        + ("quality_drawn", "quality_reviewed"),
    ),
    "promises": (
        _("What is promised, kept and broken"),
        ("promised", "kept", "broken", "fulfilled", "paused", "resumed", "withdrawn", "moved", "reminded", "endangered")
        + ("invited", "uninvited", "calendar_came"),
    ),
    "claims": (
        _("Claims, answers and approvals"),
        ("claimed", "answered", "granted", "refused", "proved", "limited", "excepted", "moved_version")
        + ("accepted", "unaccepted", "disputed", "undisputed")
        + ("approval_asked", "approval_given", "approval_refused", "approval_passed_up")
        + ("approval_withdrawn", "approval_expired")
        + (
            "paid",
            "reversed",
            "marked",
            "shown",
            "decision_changed",
            "left_standing",
            "chosen",
            "purchase_noted",
            "recalled",
            "budget_nearly_spent",
            "budget_spent",
        ),
    ),
    "deliveries": (
        _("When what was bought is to arrive"),
        ("delivery_late", "delivery_moved", "delivery_called_off"),
    ),
    "privacy": (
        _("What customers ask about their own data"),
        ("privacy_asked", "privacy_proven", "privacy_longer", "privacy_ended"),
    ),
    "feedback": (
        _("How customers say that they were served"),
        ("rating_asked", "rated", "follow_up_begun", "follow_up_ended"),
    ),
    "sales": (
        _("Before the sale: quotes, won and lost"),
        ("quoted", "quote_accepted", "quote_declined", "quote_expired", "won", "won_linked", "lost"),
    ),
    "procedures": (
        _("Steps of procedures"),
        ("step_done", "step_skipped", "step_missed", "step_back", "procedure_begun", "procedure_ended"),
    ),
    "order": (
        _("Joined, parted, tagged and linked cases"),
        ("merged", "unmerged", "joined", "unjoined", "landed", "parted", "parted_from", "unparted")
        + ("customer_merged", "customer_unmerged")
        + ("pinned", "unpinned", "pin_settled", "tagged", "untagged", "linked", "unlinked", "filled_in"),
    ),
}
CODES = frozenset(code for _label, codes in KINDS.values() for code in codes)

# Arguments that are codes, ids, numbers, instants or names of the plan. One that stands nowhere here stays at home.
_PLAIN = """
    again approval arrival asked asked_by at because before begins begun branch by by_hand call case channel claim
    clock conditional currency customer department draft due due_before ends fit gone grant groups high how into kind
    language late lasting later left level level_before losses low message messages method milliseconds minor
    minutes minutes_late new of outcome outside owner owner_before passed people person pin policy poor problem
    procedure promise purchase purpose question reason reference repeats rests_on rule same score seconds sequence
    severity severity_before sooner sort stage status step survey terms through times to topic tries uid until
    verdict version version_before whole_day why
    changed tool public follow_up result
    outcome_before clause_before stands grant_before theirs
    quote replaces
    points review
"""
PLAIN = frozenset(_PLAIN.split())
# Of these codes, the arguments that hold what people wrote, though they are called as plain ones elsewhere.
WORDS = {
    "calendar_came": ("what", "where"),
    "filled_in": ("facts", "before"),
    "opened": ("facts", "recorded"),
    "step_skipped": ("reason",),
    "tagged": ("name",),
    "untagged": ("name",),
}


def is_wanted(code: str, wants: Iterable[str]) -> bool:
    """Whether somebody who wants these is told of the code."""
    return any(each in (ALL, code) or code in KINDS.get(each, ("", ()))[1] for each in wants)


def is_plain(code: str, argument: str) -> bool:
    """Whether the argument of an event of this code holds no word of anybody."""
    return argument in PLAIN and argument not in WORDS.get(code, ())
