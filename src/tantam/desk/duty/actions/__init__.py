"""What people do about their own duty, and managers about that of others."""

from tantam.desk.duty.actions.be_away import Away, be_away
from tantam.desk.duty.actions.cancel_absence import cancel_absence
from tantam.desk.duty.actions.show_presence import show_presence

__all__ = ["Away", "be_away", "cancel_absence", "show_presence"]
