"""The case's reference in a subject: written where the operator says, found wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from tantam.desk.channels.email.subjects import reference_in, subject_with, without_reference


@pytest.mark.parametrize(
    ("place", "subject"), [("end", "Máy giặt [#K7M2-P9X]"), ("front", "[#K7M2-P9X] Máy giặt"), ("none", "Máy giặt")]
)
def test_reference_stands_where_the_operator_says(settings: Any, place: str, subject: str) -> None:
    settings.MAIL_REFERENCE = place
    assert subject_with("K7M2-P9X", "Máy giặt") == subject


@pytest.mark.parametrize(
    ("subject", "reference", "rest"),
    [
        ("Re: [#k7m2-p9x] Máy giặt", "K7M2-P9X", "Re: Máy giặt"),
        ("AW: Máy giặt [Ticket#K7M2-P9X]", "K7M2-P9X", "AW: Máy giặt"),
        ("[#K7M2-P9X] [#K7M2-P9X]", "K7M2-P9X", ""),
        ("Order K7M2-P9X", "", "Order K7M2-P9X"),
        ("", "", ""),
    ],
)
def test_reference_is_found_and_taken_out(subject: str, reference: str, rest: str) -> None:
    assert (reference_in(subject), without_reference(subject)) == (reference, rest)
