"""The whole addresses of a case's pages, for mails and for showing."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from tantam.desk.cases.models import Case


def private_link(case: Case) -> str:
    """Return the address under which its customer follows the case; whoever has it can read it."""
    return settings.BASE_URL + reverse("portal:case", args=[case.link_key])
