"""Procedures made up at random: some sound, most not."""

from __future__ import annotations

from hypothesis import strategies as st

from tantam.plan.errors import Place
from tantam.plan.sections.clauses_procedures import Choice, End, Limit, Parallel, Procedure, Step, Task, Way, Work

HERE = Place("p.yaml", 1, 1)
WHO = ("customer", "agent", "boss", "stores")


@st.composite
def procedures(draw: st.DrawFn, most: int = 8) -> Procedure:
    """A procedure of up to `most` steps: anything may lead anywhere, though more often forwards."""
    names = [f"s{number}" for number in range(draw(st.integers(1, most)))]
    steps = {name: draw(_step(name, names)) for name in names}
    return Procedure("p", HERE, steps=steps)


@st.composite
def _step(draw: st.DrawFn, name: str, names: list[str]) -> Step:
    at = names.index(name)
    ahead = st.sampled_from([*names[at + 1 :], ""])
    to = st.one_of(ahead, ahead, ahead, st.sampled_from([*names, ""]))
    missed = draw(st.sampled_from(["", "", "", "", draw(to)]))
    work = Work(name, HERE, draw(st.sampled_from(WHO)), {"en": f"Does {name}"}, within=Limit("1 h", None, missed))
    match draw(st.sampled_from(["task", "task", "task", "choice", "all", "end"])):
        case "choice":
            return Choice(work, tuple(Way(draw(to), HERE, f"w{n}") for n in range(draw(st.integers(1, 3)))))
        case "all" if at + 2 < len(names):
            heads = draw(st.lists(st.sampled_from(names[at + 1 :]), min_size=2, max_size=3, unique=True))
            return Parallel(work, tuple(Way(each, HERE) for each in heads), Way(draw(to), HERE))
        case "end":
            return End(work)
        case _:
            return Task(work, Way(draw(to), HERE))


@st.composite
def structured(draw: st.DrawFn, blocks: int = 4) -> Procedure:
    """A procedure that is sound by its making: steps, choices, ways at once and tries, one after the other."""
    steps: dict[str, Step] = {}
    _blocks(draw, steps, "", blocks)
    return Procedure("p", HERE, steps=steps)


def _blocks(draw: st.DrawFn, steps: dict[str, Step], after: str, count: int) -> str:
    """Add blocks that lead to `after`, and return the first step of the first; at least one."""
    for _ in range(draw(st.integers(1, max(count, 1)))):
        after = _block(draw, steps, after, count - 2)
    ordered = list(steps.items())
    steps.clear()
    steps.update(sorted(ordered, key=lambda each: each[0] != after))
    return after


def _block(draw: st.DrawFn, steps: dict[str, Step], after: str, count: int) -> str:
    kind = draw(st.sampled_from(["task", "task", "choice", "all", "again"])) if count >= 0 else "task"
    if kind == "all" and not after:
        kind = "choice"
    ways = draw(st.integers(2, 3)) if kind in ("all", "choice") else 0
    heads = [_blocks(draw, steps, after, count) for _ in range(ways)]
    name = f"s{len(steps)}"
    work = Work(
        name, HERE, draw(st.sampled_from(WHO)), {"en": draw(st.sampled_from(WORDS))}, within=Limit("2 days", None)
    )
    match kind:
        case "task":
            steps[name] = Task(work, Way(after, HERE))
        case "choice":
            steps[name] = Choice(work, tuple(Way(each, HERE, draw(st.sampled_from(WORDS))) for each in heads))
        case "all":
            steps[name] = Parallel(work, tuple(Way(each, HERE) for each in heads), Way(after, HERE))
        case _:
            steps[name + "r"] = Choice(Work(name + "r", HERE, "boss"), (Way(name, HERE, "no"), Way(after, HERE, "yes")))
            steps[name] = Task(work, Way(name + "r", HERE))
    return name


WORDS = (
    "Asks",
    "Looks at it and decides",
    "Kundenzufriedenheitsbefragung",
    "Nói rõ vì sao, và giúp được gì",
    "a new one at once",
)
