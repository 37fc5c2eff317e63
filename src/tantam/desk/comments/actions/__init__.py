"""What is done with comments in public. Each raises Refused and then leaves nothing behind."""

from tantam.desk.comments.actions.answer_publicly import answer_publicly
from tantam.desk.comments.actions.note_change import note_edited, note_removed

__all__ = ["answer_publicly", "note_edited", "note_removed"]
