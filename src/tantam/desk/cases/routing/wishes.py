"""Hears from a customer's own words that they want somebody higher to look; offered to colleagues, never acted upon."""

from __future__ import annotations

import re

from tantam.folding import folded

_WHO = {
    "vi": r"quan ly|truong phong|giam doc|sep|cap tren|lanh dao|nguoi phu trach|nguoi co tham quyen|cap cao hon",
    "de": r"vorgesetzt\w*|chef\w*|(?:abteilungs|team|filial)?leit(?:ung|er\w*)|gesch(?:ae|a)ftsf(?:ue|u)hr\w*",
    "en": r"manager|supervisor|superior|your boss|someone higher|somebody higher|someone senior|person in charge",
}
_WANTS = {
    "vi": r"gap|noi chuyen|goi|chuyen|lien he|trinh|bao|yeu cau|muon|cho toi|de",
    "de": r"sprechen|reden|verbinden|weiterleiten|weitergeben|wenden|verlange|moechte|mochte|will|bitte",
    "en": r"speak|talk|escalate|pass|refer|transfer|want|connect|contact|ask for|see",
}
_NEAR = 40  # characters between the two


def wants_higher(text: str) -> bool:
    """Return whether somebody asks for somebody above: a word for them near a word for wishing, in any language."""
    plain = folded(text)
    return any(
        re.search(rf"\b(?:{_WANTS[lang]})\b.{{0,{_NEAR}}}\b(?:{who})\b", plain, re.DOTALL)
        or (lang == "de" and re.search(rf"\b(?:{who})\b.{{0,{_NEAR}}}\b(?:{_WANTS[lang]})\b", plain, re.DOTALL))
        for lang, who in _WHO.items()
    )
