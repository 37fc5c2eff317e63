"""The style sheet of the published plan, for pages that bring their own head and body."""

from __future__ import annotations

from functools import cache


@cache
def style() -> str:
    """Return the rules of the article in the layer `pages`, so that a page's own rules hold beside them."""
    from tantam.plan.publish import style as article

    return f"@layer pages {{\n{article()}\n}}\n"
