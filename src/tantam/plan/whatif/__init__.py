"""What if another plan had been in force: a draft replayed over past cases. No Django, no database, no clock."""

from tantam.plan.whatif.changes import Difference, KindChange, Moved, Said
from tantam.plan.whatif.claim_changes import ClaimChange
from tantam.plan.whatif.claims import Ruled
from tantam.plan.whatif.differences import beside_record, difference
from tantam.plan.whatif.past_case import Claim, Counted, PastCase, Placed, Tells, Turn
from tantam.plan.whatif.replay import replay
from tantam.plan.whatif.replayed import Fate, Lack, Promised, Refused, Replayed, ReplayedCase
from tantam.plan.whatif.summary import aloud

__all__ = [
    "Claim",
    "ClaimChange",
    "Counted",
    "Difference",
    "Fate",
    "KindChange",
    "Lack",
    "Moved",
    "PastCase",
    "Placed",
    "Promised",
    "Refused",
    "Replayed",
    "ReplayedCase",
    "Ruled",
    "Said",
    "Tells",
    "Turn",
    "aloud",
    "beside_record",
    "difference",
    "replay",
]
