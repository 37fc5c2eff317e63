"""What is done to customers."""

from tantam.desk.customers.actions.meet import meet
from tantam.desk.customers.actions.welcome import welcome

__all__ = ["meet", "welcome"]
