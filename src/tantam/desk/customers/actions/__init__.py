"""What is done to customers."""

from tantam.desk.customers.actions.welcome import welcome

__all__ = ["welcome"]
