"""A procedure as a Mermaid flowchart, for Markdown: a subgraph for each lane, a shape for each kind of step."""

from __future__ import annotations

from tantam.plan.publish.flow import Flow, Kind, Step, Way

SHAPES = {
    Kind.TASK: ("[", "]"),
    Kind.QUESTION: ("[/", "/]"),
    Kind.CHOICE: ("{", "}"),
    Kind.PARALLEL: ("[[", "]]"),
    Kind.WAIT: ("((", "))"),
    Kind.HAND_OVER: (">", "]"),
    Kind.RUN: ("[[", "]]"),
    Kind.END: ("([", "])"),
}
# What Mermaid or the Markdown around it would read as its own.
ESCAPED = {each: f"#{ord(each)};" for each in '"#<>&|`[](){}\\;'}


def flowchart(flow: Flow) -> str:
    """Return a flow as a Mermaid flowchart; names are numbered, so that no word of theirs means anything to Mermaid."""
    said = ["flowchart TB"]
    for number, (lane, label) in enumerate(flow.lanes.items()):
        said.append(f'  subgraph lane{number}["{_text(label)}"]')
        for step in flow.steps:
            if step.lane == lane:
                said.append(f"    {_id(flow, step.name)}{_shape(step)}")
                if step.name in flow.meetings:
                    said.append(f'    {_id(flow, step.name)}m["⋈"]')
        said.append("  end")
    for step in flow.steps:
        said += [_way(flow, step, way, number) for number, way in enumerate(step.ways)]
    for split, way in flow.meetings.items():
        target = f"{_id(flow, way.meets)}m" if way.meets else _id(flow, way.to) if way.to else "done(((·)))"
        said.append(f"  {_id(flow, split)}m --> {target}")
    return "\n".join(said) + "\n"


def _id(flow: Flow, name: str) -> str:
    return f"s{flow.position(name)}"


def _shape(step: Step) -> str:
    opened, closed = SHAPES[step.kind] if step.ways else SHAPES[Kind.END]
    said = "<br/>".join(_text(each) for each in (step.does or "+", *step.times) if each)
    return f'{opened}"{said}"{closed}'


def _way(flow: Flow, step: Step, way: Way, number: int) -> str:
    mine = _id(flow, step.name)
    target = f"{_id(flow, way.meets)}m" if way.meets else _id(flow, way.to) if way.to else f"{mine}e{number}(((·)))"
    arrow = "-.->" if way.late else "-->"
    words = f'|"{_text(way.when)}"|' if way.when else ""
    return f"  {mine} {arrow}{words} {target}"


def _text(words: str) -> str:
    return "".join(ESCAPED.get(each, each) for each in " ".join(words.split()))
