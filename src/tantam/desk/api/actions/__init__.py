"""What is done with tokens, and the answers that are kept for a day."""

from tantam.desk.api.actions.answer_once import answer_once
from tantam.desk.api.actions.make_token import NewToken, make_token
from tantam.desk.api.actions.note_use import note_use
from tantam.desk.api.actions.revoke_token import revoke_token
from tantam.desk.api.actions.tidy import tidy_answers

__all__ = ["NewToken", "answer_once", "make_token", "note_use", "revoke_token", "tidy_answers"]
