"""Templates of Zalo (ZNS) as wordings: sent to a telephone number. Zalo tells their places, and not their words.

Source: Zalo for Developers, Zalo Notification Service, `template/all`, `template/info/v2`, `message/template`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tantam.desk.customers.models import Purpose
from tantam.desk.wordings.models import Wording
from tantam.desk.wordings.told import Place, Told

LANGUAGE = "vi"  # Zalo says none
MOST = 400  # characters of a place for which Zalo says no bound
STATES = {
    "ENABLE": Wording.State.APPROVED,
    "PENDING_REVIEW": Wording.State.PENDING,
    "REJECT": Wording.State.REFUSED,
    "DISABLE": Wording.State.PAUSED,
    "DELETE": Wording.State.GONE,
}
SERVICE = ("TRANSACTION", "CUSTOMER_CARE", "IN_TRANSACTION", "POST_TRANSACTION", "ACCOUNT_UPDATE", "GENERAL_UPDATE")
CODE = "OTP"


def told_of(template: Mapping[str, Any]) -> Told:
    """Return a template as it is kept. What is for neither service nor a code counts as an offer. Raises KeyError."""
    kind = str(template.get("templateTag") or "")
    return Told(
        key=str(template["templateId"]),
        name=str(template["templateName"]),
        language=LANGUAGE,
        purpose=Purpose.SERVICE if kind in (*SERVICE, CODE) else Purpose.MARKETING,
        state=STATES.get(str(template.get("status")), Wording.State.PAUSED),
        places=tuple(_place(each) for each in template.get("listParams") or ()),
        shown=_address(str(template.get("previewUrl") or "")),
        unfit="code" if kind == CODE else "",
    )


def _place(told: Mapping[str, Any]) -> Place:
    most = told.get("maxLength")
    return Place(str(told["name"]), int(most) if most else MOST)


def _address(url: str) -> str:
    """Return where a template is shown, "" for what no page may lead to."""
    return url[:1000] if url.startswith("https://") else ""
