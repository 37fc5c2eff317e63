"""What is done with follow-ups: one verb a file, each one transaction."""

from tantam.desk.followups.actions.answer import answer
from tantam.desk.followups.actions.note_result import note_result

__all__ = ["answer", "note_result"]
