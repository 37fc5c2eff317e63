"""What is done to the plan."""

from tantam.desk.plans.actions.enact import enact

__all__ = ["enact"]
