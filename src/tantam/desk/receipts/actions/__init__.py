"""What is noted of messages that went out."""

from tantam.desk.receipts.actions.note import lost, reached, read

__all__ = ["lost", "reached", "read"]
