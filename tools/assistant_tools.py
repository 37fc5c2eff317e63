"""Writes what each tool of an assistant takes and gives into docs/reference/mcp.md, between its two marks.

python -m tools.assistant_tools
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/mcp.md"
BEGIN, END = "<!-- tools -->\n", "<!-- end of tools -->\n"


def sections(listed: list[dict[str, Any]]) -> str:
    """Return the tools as the page has them: each with its description, its arguments and its answer."""
    return "\n".join(_section(each) for each in listed)


def _section(tool: dict[str, Any]) -> str:
    asks, gives = tool["inputSchema"], tool["outputSchema"]
    reads = "It changes nothing." if tool["annotations"]["readOnlyHint"] else ""
    lines = [
        f"### {tool['name']}",
        "",
        " ".join(each for each in (f"*{tool['title']}.*", tool["description"], reads) if each),
    ]
    lines += ["", "| Argument | | |", "|---|---|---|"]
    needed = asks.get("required", [])
    lines += [
        f"| `{name}` | {_type(each)}{'' if name in needed else ', may be left out'} | {each.get('description', '')} |"
        for name, each in asks["properties"].items()
    ]
    answer = "; ".join(f"`{name}` {_type(each)}" for name, each in gives["properties"].items())
    said = " ".join(gives.get("description", "").split())
    return "\n".join([*lines, "", f"Answers {answer}. {said}", *_parts(gives), ""])


def _parts(schema: dict[str, Any]) -> list[str]:
    """Return a line for each kind of thing within the answer."""
    return [
        f"- `{name}`: " + "; ".join(f"`{key}` {_type(each)}" for key, each in part["properties"].items())
        for name, part in schema.get("$defs", {}).items()
    ]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    match schema.get("type"):
        case "array":
            return f"list of {_type(schema['items'])}"
        case "object":
            return f"by name: {_type(schema['additionalProperties'])}"
        case "string":
            return f"text, at most {schema['maxLength']:,}" if "maxLength" in schema else "text"
        case "boolean":
            return "true or false"
        case other:
            return str(other)


def main() -> None:
    """Write the page's part anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    import django

    django.setup()
    from tantam.desk.api.mcp.exchange import listed

    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{sections(listed())}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
