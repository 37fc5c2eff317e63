"""Which HTTP status a refusal has, by its code; what is not here is 409: it does not fit how things stand."""

from __future__ import annotations

_BUSY = ("no_plan", "history_damaged", "histories_damaged")
_FORBIDDEN = (
    "authority_exceeded",
    "beyond_level",
    "beyond_you",
    "macro_not_yours",
    "nobody_may",
    "not_allowed",
    "not_theirs",
    "not_yours_to_take_back",
    "own_approval",
)
_CHANGED = ("changed_meanwhile", "customer_changed")
_INPUT = (
    "absence_backwards",
    "absence_past",
    "absence_too_long",
    "asks_why",
    "backwards",
    "bad_amount",
    "bad_handle",
    "bad_mail",
    "bad_phone",
    "bad_score",
    "bad_year",
    "deputy_self",
    "directive_binds_nobody",
    "directive_changes_nothing",
    "directive_names_files",
    "directive_over",
    "directive_says_nothing",
    "directive_too_long",
    "directive_untitled",
    "directive_without_reason",
    "ends_before",
    "file_empty",
    "file_too_large",
    "file_type",
    "files_too_large",
    "files_too_many",
    "macro_brace",
    "macro_choose",
    "macro_empty",
    "macro_place",
    "macro_place_unknown",
    "macro_step",
    "macro_unnamed",
    "mail_encrypted",
    "needs_reason",
    "no_contact",
    "no_name",
    "no_organisation",
    "no_place",
    "no_such_macro",
    "nobody_chosen",
    "not_a_day",
    "not_a_time",
    "not_ahead",
    "part_nothing",
    "says_nothing",
    "skip_needs_why",
    "too_far",
    "too_long",
    "too_many_chosen",
    "unclear_answer",
    "unknown_case",
    "unknown_colleague",
    "unknown_level",
    "unknown_limit",
    "unknown_procedure",
    "unknown_reason",
    "unknown_severity",
    "unknown_source",
    "unknown_value",
    "unreadable_answer",
    "which_branch",
)
STATUS = (
    {"too_often": 429}
    | dict.fromkeys(_BUSY, 503)
    | dict.fromkeys(_FORBIDDEN, 403)
    | dict.fromkeys(_CHANGED, 412)
    | dict.fromkeys(_INPUT, 422)
)
