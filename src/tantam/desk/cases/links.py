"""The whole addresses of a case's pages, for mails and for showing."""

from __future__ import annotations

from tantam.desk.cases.models import Case
from tantam.desk.common import addresses

FOLLOW = "case"  # the page on which a customer follows their case; its argument is the link's key


def private_link(case: Case) -> str:
    """Return the address under which its customer follows the case; whoever has it can read it."""
    return addresses.whole(FOLLOW, case.link_key)
