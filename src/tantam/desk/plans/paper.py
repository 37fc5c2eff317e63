"""The style sheet of the published plan, for pages that bring their own head and body."""

from __future__ import annotations

import re
from functools import cache

_OF_ITS_OWN_PAGE = re.compile(r"(?:^|(?<=[\s{}]))(?:html|body|\.vh)\b[^{}]*\{[^{}]*\}")


@cache
def style() -> str:
    """Return the rules of the article alone, in the layer `pages`, so that a page's own rules hold beside them."""
    from tantam.plan.publish import style as whole

    return f"@layer pages {{\n{_OF_ITS_OWN_PAGE.sub('', whole())}\n}}\n"
