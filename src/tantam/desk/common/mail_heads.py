"""The head of every mail that nobody wrote by hand: programs that answer mail leave it alone (RFC 3834)."""

from __future__ import annotations

BY_ITSELF = {"Auto-Submitted": "auto-generated"}
