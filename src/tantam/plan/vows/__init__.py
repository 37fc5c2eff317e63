"""Words by which somebody commits us to something by a time, found in a text: "I'll call you tomorrow at ten"."""

from tantam.plan.vows.found import Found, found
from tantam.plan.vows.moments import Moment, moment

__all__ = ["Found", "Moment", "found", "moment"]
