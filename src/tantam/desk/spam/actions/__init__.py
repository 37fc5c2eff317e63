"""What a person says of what came: spam, or none; each a verb, a file, a transaction."""

from tantam.desk.spam.actions.call_case_spam import call_case_spam
from tantam.desk.spam.actions.call_spam import call_spam
from tantam.desk.spam.actions.clear_case import clear_case
from tantam.desk.spam.actions.let_in import let_in
from tantam.desk.spam.actions.take_back import take_back

__all__ = ["call_case_spam", "call_spam", "clear_case", "let_in", "take_back"]
