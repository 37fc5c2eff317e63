"""What is done with ratings: one verb a file, each one transaction."""

from tantam.desk.feedback.actions.rate import rate

__all__ = ["rate"]
