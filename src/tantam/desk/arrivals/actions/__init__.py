"""What a person does with something that became no message: each a verb, a file, a transaction."""

from tantam.desk.arrivals.actions.make_case import make_case
from tantam.desk.arrivals.actions.put_to_case import put_to_case
from tantam.desk.arrivals.actions.take_back import take_back
from tantam.desk.arrivals.actions.throw_away import throw_away

__all__ = ["make_case", "put_to_case", "take_back", "throw_away"]
