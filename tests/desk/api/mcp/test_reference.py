"""The page about tools says what is served, tool by tool and word by word."""

from __future__ import annotations

from tantam.desk.api.assistant_rows import TITLES
from tantam.desk.api.mcp import calls  # noqa: F401 - declares the tools
from tantam.desk.api.mcp.calling import TOOLS
from tantam.desk.api.mcp.exchange import listed
from tools.assistant_tools import PAGE, sections


def test_page_says_what_is_served() -> None:
    page, said = PAGE.read_text(encoding="utf-8"), sections(listed())
    lacking = [line for line in said.splitlines() if line not in page.splitlines()]
    assert said in page, f"run python -m tools.assistant_tools: {lacking}"


def test_page_of_doings_has_words_for_every_tool() -> None:
    assert TITLES.keys() == TOOLS.keys()


def test_every_argument_and_tool_is_explained() -> None:
    for each in listed():
        assert len(each["description"]) > 100, each["name"]
        for name, argument in each["inputSchema"]["properties"].items():
            assert argument.get("description"), f"{each['name']}.{name}"
        assert each["inputSchema"]["additionalProperties"] is False
