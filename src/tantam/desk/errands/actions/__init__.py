"""What is done with errands: one verb a file, each one transaction."""

from tantam.desk.errands.actions.hand_back import hand_back
from tantam.desk.errands.actions.hand_to_provider import Asked, hand_to_provider

__all__ = ["Asked", "hand_back", "hand_to_provider"]
