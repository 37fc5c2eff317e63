"""What is done about what is known of a person."""

from tantam.desk.privacy.actions.ask_erasure import ask_erasure

__all__ = ["ask_erasure"]
