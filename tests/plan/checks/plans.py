"""Plans for the tests of checks, written as files and read as `tantam check` reads them."""

from __future__ import annotations

from pathlib import Path

from tantam.plan.checks import check
from tantam.plan.errors import Finding
from tantam.plan.sections import read

HEAD = """\
tantam: 1
company: {name: Shop, languages: [en], timezone: Europe/Berlin, currency: EUR}
mission: We serve our customers.
"""


def findings(folder: Path, text: str, *, head: str = HEAD) -> list[Finding]:
    """Return what the checks find in the plan that `text` makes after `head`."""
    path = folder / "plan.yaml"
    path.write_text(head + text, encoding="utf-8")
    return check(read(path))


def codes(found: list[Finding], area: str = "K") -> list[str]:
    """Return the codes of one area (`K1`, `K02`)."""
    return [each.code for each in found if each.code.startswith(area)]
