"""Nothing is posted into the house's own network, however its address is written."""

from __future__ import annotations

import pytest

from tantam.desk.common.posting import Forbidden, refuse_unless_outside

INSIDE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1")  # noqa: S104 - refused
WRAPPED = (
    "::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fec0::1",
    "fd00::1",
    "fe80::1",
)


@pytest.mark.parametrize("host", [*INSIDE, *(f"[{each}]" for each in WRAPPED)])
def test_address_inside_is_refused(host: str) -> None:
    with pytest.raises(Forbidden):
        refuse_unless_outside(f"https://{host}/hook")


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:4700::1111]", "hooks.example"])
def test_address_outside_is_not(host: str) -> None:
    refuse_unless_outside(f"https://{host}/hook")
