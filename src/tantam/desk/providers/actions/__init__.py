"""What changes whether a provider serves: one verb a file, each one transaction."""

from tantam.desk.providers.actions.lift_stop import lift_stop
from tantam.desk.providers.actions.stop_provider import Found, stop_provider

__all__ = ["Found", "lift_stop", "stop_provider"]
