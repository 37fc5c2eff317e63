"""Whether there is time to prove: `make prove` sets TANTAM_PROVE=1 and takes many more examples."""

from __future__ import annotations

import os

import pytest

PROVING = os.environ.get("TANTAM_PROVE") == "1"
MORE = 20
only_when_proving = pytest.mark.skipif(not PROVING, reason="takes long: `make prove` runs it")


def examples(usual: int) -> int:
    """Return how many examples a property is tried on: the usual number, or twenty times as many when proving."""
    return usual * MORE if PROVING else usual
