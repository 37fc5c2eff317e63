"""What is done with wordings: each a verb, a file, a transaction."""

from tantam.desk.wordings.actions.ask_again import ask_again
from tantam.desk.wordings.actions.keep import keep
from tantam.desk.wordings.actions.write import write

__all__ = ["ask_again", "keep", "write"]
