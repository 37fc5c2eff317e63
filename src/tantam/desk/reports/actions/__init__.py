"""What changes the figures' own rows, one verb a file."""

from tantam.desk.reports.actions.keep_ringing import keep_ringing

__all__ = ["keep_ringing"]
