"""What an assistant does beyond what people do, and what people do with what it wrote."""

from tantam.desk.assistants.actions.leave import leave
from tantam.desk.assistants.actions.note_doing import Done, note_doing
from tantam.desk.assistants.actions.note_look import note_look, note_refusal
from tantam.desk.assistants.actions.propose import propose
from tantam.desk.assistants.actions.send_proposal import send_proposal
from tantam.desk.assistants.actions.throw_away import throw_away

__all__ = ["Done", "leave", "note_doing", "note_look", "note_refusal", "propose", "send_proposal", "throw_away"]
