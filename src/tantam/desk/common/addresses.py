"""The whole addresses of pages that a letter leads to; whoever has such a page says where it stands."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

_PAGES: dict[str, str] = {}


def stands_at(page: str, name: str) -> None:
    """Register a page. page: what letters call it; name: that of its address."""
    _PAGES[page] = name


def whole(page: str, *args: object) -> str:
    """Return the page's address with the desk's own before it. Raises KeyError for one that nobody registered."""
    return settings.BASE_URL + reverse(_PAGES[page], args=args)
