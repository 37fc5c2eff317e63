"""What can be done with calls, one verb a file."""

from tantam.desk.calls.actions.ask_to_be_called import ask_to_be_called
from tantam.desk.calls.actions.claim_call import claim_call
from tantam.desk.calls.actions.drop_call import DROPPED, drop_call
from tantam.desk.calls.actions.leave_call import leave_call
from tantam.desk.calls.actions.log_call import Logged, log_call
from tantam.desk.calls.actions.note_call import Told, What, note_call
from tantam.desk.calls.actions.reach import reach
from tantam.desk.calls.actions.try_again import try_again

__all__ = [
    "DROPPED",
    "Logged",
    "Told",
    "What",
    "ask_to_be_called",
    "claim_call",
    "drop_call",
    "leave_call",
    "log_call",
    "note_call",
    "reach",
    "try_again",
]
