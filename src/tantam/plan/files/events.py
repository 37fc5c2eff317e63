"""YAML text to the events of its parser: what begins, what it says, where; and what no YAML is, as a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError

from tantam.plan.errors import Finding
from tantam.plan.files.sources import Source, trouble
from tantam.plan.words import Key

# libyaml reads a hundred times faster than what is written in Python, and means the same.
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 100  # levels; a plan has some ten
# What YAML does not admit; and line breaks that no editor counts.
REFUSED = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# What changes the order in which a line is shown, or cannot be seen at all: it hides what is written.
HIDING = re.compile("[\u200b\u2060\u202a-\u202e\u2066-\u2069]")
HALF = re.compile(r"\\(?:u|U0000)([dD][89a-fA-F][0-9a-fA-F]{2})")
# What the parser of YAML says, in our words; what is not here is said in its own.
PROBLEMS = {
    "mapping values are not allowed in this context": "YAML_value",
    "mapping keys are not allowed in this context": "YAML_key_here",
    "block sequence entries are not allowed in this context": "YAML_item_here",
    "did not find expected key": "YAML_key",
    "did not find expected '-' indicator": "YAML_item",
    "did not find expected ',' or ']'": "YAML_bracket",
    "did not find expected ',' or '}'": "YAML_brace",
    "did not find expected node content": "YAML_content",
    "could not find expected ':'": "YAML_colon",
    "found unexpected end of stream": "YAML_end",
    "found unexpected document indicator": "YAML_document",
    "found unknown escape character": "YAML_escape",
    "did not find expected hexdecimal number": "YAML_hex",
    "did not find expected comment or line break": "YAML_block",
    "did not find expected alphabetic or numeric character": "YAML_name",
    "did not find expected <document start>": "YAML_start",
    "found undefined tag handle": "YAML_tag",
    "found character that cannot start any token": "YAML_quotes",
}


class NoYaml(Exception):
    """The text is no YAML; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def events(source: Source) -> Iterator[Any]:
    """Yield the parser's events of one document, without those of stream and document. Raises NoYaml."""
    _admitted(source)
    loader = PARSER(source.text)
    documents = depth = 0
    try:
        while loader.check_event():
            event = loader.get_event()
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise NoYaml(_at(source, event.start_mark, Key("YAML_single")))
                case yaml.StreamStartEvent() | yaml.StreamEndEvent() | yaml.DocumentEndEvent():
                    continue
                case _:
                    depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                    if depth > DEEPEST:
                        raise NoYaml(_at(source, event.start_mark, Key("YAML_deep"), most=DEEPEST))
                    yield event
    except MarkedYAMLError as problem:
        raise NoYaml(_syntax(source, problem)) from problem
    except YAMLError as problem:
        raise NoYaml(trouble("F06", source.name, problem=type(problem).__name__)) from problem
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as problem:
        # The parser in Python lets these through for some malformed directives and escapes.
        raise NoYaml(trouble("F06", source.name, problem=type(problem).__name__)) from problem
    finally:
        loader.dispose()


def hidden(source: Source) -> Iterator[Finding]:
    """Yield a finding for each line with characters that hide what is written."""
    lines: set[int] = set()
    for match in HIDING.finditer(source.text):
        line, column = place_in(source.text, match.start())
        if line not in lines:
            lines.add(line)
            yield trouble("F21", source.name, line, column, character=f"U+{ord(match.group()):04X}")


def place_in(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at `offset`."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _admitted(source: Source) -> None:
    if match := REFUSED.search(source.text):
        line, column = place_in(source.text, match.start())
        raise NoYaml(trouble("F11", source.name, line, column, character=f"U+{ord(match.group()):04X}"))


def _at(source: Source, mark: Any, problem: str, **args: object) -> Finding:
    return trouble("F06", source.name, mark.line + 1, mark.column + 1, problem=problem, **args)


def _syntax(source: Source, problem: MarkedYAMLError) -> Finding:
    mark = problem.problem_mark or problem.context_mark
    if mark is None:
        return trouble("F06", source.name, problem=str(problem.problem or problem.context or "?"))
    lines = source.text.split("\n")
    written = lines[mark.line] if mark.line < len(lines) else ""
    words = str(problem.problem or problem.context or "?")
    here = written[mark.column : mark.column + 1]
    if here == "\t" or "\t" in written[: len(written) - len(written.lstrip())]:
        return trouble("F08", source.name, mark.line + 1, mark.column + 1)
    if half := HALF.search(written):
        character = f"U+{half[1].upper()}"
        return trouble("F11", source.name, mark.line + 1, half.start() + 1, character=character)
    return _at(source, mark, Key(PROBLEMS[words]) if words in PROBLEMS else words, got=here)
