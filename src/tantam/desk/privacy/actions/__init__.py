"""What is done about what is known of a person."""

from tantam.desk.privacy.actions.ask_erasure import ask_erasure
from tantam.desk.privacy.actions.end_request import end_request
from tantam.desk.privacy.actions.note_request import Asked, note_request
from tantam.desk.privacy.actions.prove_person import prove_person
from tantam.desk.privacy.actions.take_longer import take_longer

__all__ = ["Asked", "ask_erasure", "end_request", "note_request", "prove_person", "take_longer"]
