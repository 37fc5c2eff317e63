"""What the interface kept of somebody who is erased: answers that are given again to a request that comes again."""

from __future__ import annotations

import re

from tantam.desk.api.models import KeptAnswer
from tantam.desk.cases.models import Case
from tantam.desk.privacy.taking import Taking, Whom

EMPTIED = "{}"
_NAME = re.compile(r"[\w.@+-]{4,}")  # keys, references and addresses, as an answer writes them


def _telling(whom: Whom) -> list[str]:
    """Return the digests of answers that name them, a case of theirs or a way to reach them; a day's are kept."""
    theirs = Case.objects.filter(customer__in=whom.customers).values_list("pk", "reference")
    names = {str(each) for row in theirs for each in row} | {str(each) for each in whom.customers} | set(whom.values)
    kept = KeptAnswer.objects.exclude(content=EMPTIED).values_list("digest", "content")
    return [digest for digest, content in kept.iterator() if not names.isdisjoint(_NAME.findall(content))]


def _empty(whom: Whom) -> int:
    """Write the answers empty: that something was done stays known, so that it is not done again."""
    found = _telling(whom)
    KeptAnswer.objects.filter(digest__in=found).update(content=EMPTIED, headers={})
    return len(found)


ANSWERS = Taking("KeptAnswer", lambda whom: len(_telling(whom)), _empty)
