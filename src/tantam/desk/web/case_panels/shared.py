"""Who watches the case, what it is tagged, and which cases it belongs with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from tantam.desk.cases.access import sees
from tantam.desk.cases.models import CaseLink
from tantam.desk.web import case_words, shared_words
from tantam.desk.web.panels import Shown, panel


@panel("shared", "right", 60)
def shared(shown: Shown) -> Mapping[str, Any]:
    """Return tags, links and watchers; three queries."""
    case = shown.case
    watchers = [each.person for each in case.watchers.select_related("person").order_by("since", "id")]
    return {
        "tags": [each.tag for each in case.tags.select_related("tag").order_by("tag__folded")],
        "links": _links(shown),
        "watchers": watchers,
        "watching": any(each.pk == shown.person.pk for each in watchers),
        "kinds": [(code, gettext(words)) for code, words in shared_words.LINK_CHOICES.items()],
    }


def _links(shown: Shown) -> list[dict[str, Any]]:
    """Return the links as they are seen from this case: the other one, how they hang together, where it stands."""
    pk = shown.case.pk
    found = CaseLink.objects.filter(Q(case=pk) | Q(other=pk)).select_related("case", "other").order_by("id")
    rows = []
    for link in found:
        other = link.other if link.case_id == pk else link.case
        if not sees(shown.person, other):
            continue
        words = shared_words.link_word(link, pk)
        rows.append({"pk": link.pk, "case": other, "words": gettext(words), "where": case_words.where(other)})
    return rows
