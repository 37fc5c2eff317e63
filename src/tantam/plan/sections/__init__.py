"""The sections of a plan: one model each, then the whole, typed and with every reference found.

    read(path)  -> Plan                 from one file or a folder; raises PlanUnreadable with all findings
    thaw(text)  -> Plan                 from what freeze() gave; reads no file
    freeze(plan, today) -> str          JSON text: the sources, and the holiday dates of three years
"""

from tantam.plan.sections.plan import Plan

__all__ = ["Plan", "freeze", "read", "thaw"]


def read(path: object) -> Plan:
    """Return the plan in a file or folder. Raises PlanUnreadable with every finding, in order of place."""
    raise NotImplementedError


def thaw(text: str) -> Plan:
    """Return the plan that `freeze` wrote. Reads no file."""
    raise NotImplementedError


def freeze(plan: Plan, *, version: int | None = None, today: object) -> str:
    """Return the plan as JSON text. version: its number, None for a draft. today: the holidays of three years from it."""
    raise NotImplementedError
