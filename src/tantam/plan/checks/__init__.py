"""Checks a plan that can be read, like a program before it runs: everything that is wrong with it, by place."""

from __future__ import annotations

from tantam.plan.checks.registry import CHECKS, CODES, check, checked
from tantam.plan.checks.settings import Checked, SetAside

__all__ = ["CHECKS", "CODES", "Checked", "SetAside", "check", "checked"]
