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
