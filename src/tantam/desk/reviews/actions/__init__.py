"""What is done with reviews: one verb a file, each one transaction."""

from tantam.desk.reviews.actions.review import Verdict, review

__all__ = ["Verdict", "review"]
