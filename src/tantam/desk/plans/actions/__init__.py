"""What is done to the plan."""

from tantam.desk.plans.actions.enact import enact, findings_of

__all__ = ["enact", "findings_of"]
