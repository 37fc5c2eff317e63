"""What is done with tokens, and the answers that are kept for a day."""

from tantam.desk.api.actions.admit_assistant import (
    NewAssistant,
    admit_assistant,
    dismiss_assistant,
    turn_assistant,
)
from tantam.desk.api.actions.answer_once import answer_once
from tantam.desk.api.actions.make_token import NewToken, make_token
from tantam.desk.api.actions.note_use import note_use
from tantam.desk.api.actions.revoke_token import revoke_token
from tantam.desk.api.actions.tidy import tidy_answers

__all__ = [
    "NewAssistant",
    "NewToken",
    "admit_assistant",
    "answer_once",
    "dismiss_assistant",
    "make_token",
    "note_use",
    "revoke_token",
    "tidy_answers",
    "turn_assistant",
]
