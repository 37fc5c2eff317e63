"""What must hold before a policy answers: shared requirements and its own; all that fail are told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tantam.plan.run.case import Case
from tantam.plan.run.ready import ready
from tantam.plan.sections.clauses import Policy
from tantam.plan.sections.typed_policies import text_keys
from tantam.plan.tables.evaluate import Known


@dataclass(frozen=True)
class Checked:
    """One requirement against a case. otherwise: the outcome if it fails."""

    clause: str
    rule: str
    known: Known
    otherwise: str
    say: tuple[str, ...]
    law: str = ""

    @property
    def failed(self) -> bool:
        """Whether it is known not to hold."""
        return self.known.value is False


@dataclass(frozen=True)
class Required:
    """All requirements of a policy. first: the one that decides the outcome, None if all hold."""

    checked: tuple[Checked, ...]
    first: Checked | None

    @property
    def say(self) -> tuple[str, ...]:
        """The texts of all that fail towards the same outcome, each once."""
        if self.first is None:
            return ()
        failed = [each for each in self.checked if each.failed and each.otherwise == self.first.otherwise]
        return tuple(dict.fromkeys(key for each in failed for key in each.say))

    @property
    def used(self) -> tuple[str, ...]:
        """The given terms that the result rests on."""
        if not self.checked:
            return ()
        relevant = [each for each in self.checked if each.failed] if self.first else self.checked
        return tuple(dict.fromkeys(term for each in relevant for term in each.known.used))


NOTHING = Required((), None)


def required(case: Case, policy: Policy) -> Required:
    """Return how the requirements stand. A known failure counts before anything that is still unknown."""
    if not policy.needs and policy.must is None:
        return NOTHING
    checked = (*_shared(case, policy), *_own(case, policy))
    failed = next((each for each in checked if each.failed), None)
    unknown = next((each for each in checked if each.known.value is None), None)
    return Required(checked, failed or unknown)


def _shared(case: Case, policy: Policy) -> Iterator[Checked]:
    for name in policy.needs:
        each = case.plan.requirements[name]
        clause = f"requirements.{name}"
        yield Checked(clause, name, case.holds(each.must), each.otherwise, each.say, each.law)


def _own(case: Case, policy: Policy) -> Iterator[Checked]:
    must = ready(case.plan, policy).must
    if must is None:
        return
    for row, known in zip(must.table.rows, must.states(case.values), strict=True):
        cells = {name: out.text for name, out in row.outputs.items()}
        yield Checked(
            f"{must.table.name}#{row.name}",
            row.name,
            known,
            cells.get("else", "decline"),
            tuple(text_keys(cells.get("say", ""))),
            cells.get("law", ""),
        )
