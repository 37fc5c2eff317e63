"""Where a run stands, as its row keeps it: tokens and what was gone through, as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tantam.desk.plans.procedures import Gone, How, Standing, Token
from tantam.desk.procedures.models import Run


def standing_of(run: Run) -> Standing:
    """Return where the run stands."""
    return Standing(tuple(token_of(each) for each in run.tokens), run.next)


def token_of(kept: Mapping[str, Any]) -> Token:
    """Return a token as it was kept."""
    return Token(
        kept["number"],
        tuple(kept["path"]),
        datetime.fromisoformat(kept["since"]),
        _instant(kept.get("begins")),
        _instant(kept.get("due")),
        bool(kept.get("late")),
    )


def gone_of(kept: Mapping[str, Any]) -> Gone:
    """Return a step that was gone through as it was kept."""
    since = datetime.fromisoformat(kept["since"])
    token = Token(kept["number"], tuple(kept["path"]), since, since, late=bool(kept.get("late")))
    return Gone(token, How(kept["how"]), datetime.fromisoformat(kept["at"]), kept.get("when", ""))


def kept_tokens(standing: Standing) -> list[dict[str, Any]]:
    """Return the tokens as a row keeps them; what is nothing is left out."""
    return [_kept(each) for each in standing.tokens]


def kept_gone(gone: Gone, person: int | None, reason: str) -> dict[str, Any]:
    """Return a step that was gone through as a row keeps it; person and reason only where somebody did it."""
    acted = gone.how in (How.DONE, How.SKIPPED)
    found = {
        "number": gone.token.number,
        "path": list(gone.token.path),
        "how": gone.how.value,
        "since": gone.token.since.isoformat(),
        "at": gone.at.isoformat(),
        "when": gone.when,
        "late": gone.token.late,
        "person": person if acted else None,
        "reason": reason if acted else "",
    }
    return {name: value for name, value in found.items() if value not in ("", None, False)}


def _kept(token: Token) -> dict[str, Any]:
    found = {
        "number": token.number,
        "path": list(token.path),
        "since": token.since.isoformat(),
        "begins": token.begins.isoformat() if token.begins else None,
        "due": token.due.isoformat() if token.due else None,
        "late": token.late,
    }
    return {name: value for name, value in found.items() if value not in (None, False)}


def _instant(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None
