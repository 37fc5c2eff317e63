"""Whom a clause is for, where no single answer depends on it: customers, levels, teams, departments, providers.

All are told by address: `groups.elderly`, `levels.agent`, `company.teams.evening`, `promises#reply_normal`; all
customers are `customers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tantam.plan.sections import Plan
from tantam.plan.tables.form import Table

CUSTOMERS = "customers"
EVERY_CUSTOMER = frozenset({"conduct", "courtesy", "mission", "precedence", "privacy", "promises", "sales"})


def concerned(old: Plan, new: Plan, address: str) -> tuple[str, ...]:
    """Return whom the clause at an address is for, in one plan or the other, each once."""
    return tuple(dict.fromkeys(each for plan in (new, old) for each in _of(plan, address.split("."))))


def leaning(plan: Plan, hours: str) -> Iterator[str]:
    """Yield what leans on hours: channels, promises, working days, shifts, duties, providers, what departments owe."""
    names = {hours} | {
        each.name
        for each in plan.hours.values()
        if each.combined is not None and any(part.name == hours for part in each.combined.parts)
    }
    yield from (f"channels.{each.name}" for each in plan.channels.values() if {each.hours, each.answered} & names)
    if plan.courtesy.quiet is not None and plan.courtesy.quiet.hours in names:
        yield CUSTOMERS
    for table in plan.promises.tables:
        for row in table.rows:
            out = row.outputs.get("on") or row.outputs.get("clock")
            if (out.text if out else plan.promises.clock) in names:
                yield f"{table.name}#{row.name}"
    shifts = (each for each in plan.shifts.values() if each.hours in names)
    yield from (f"company.teams.{each.team}" if each.team else f"company.shifts.{each.name}" for each in shifts)
    yield from (f"providers.{each.name}" for each in plan.providers.values() if each.hours in names)
    for department in plan.departments.values():
        if any(each.on in names for each in department.owes):
            yield f"internal.{department.name}"


def sayers(plan: Plan, text: str) -> Iterator[str]:
    """Yield the policies that say a text."""
    for policy in plan.policies.values():
        carried = [each.arguments for each in policy.outcomes.values()]
        shared = {key for name in policy.needs if name in plan.requirements for key in plan.requirements[name].say}
        tables = (each for each in (policy.must, policy.decides, *carried) if each is not None)
        if text in {*policy.say, *policy.remind, *shared} or any(_says(table, text) for table in tables):
            yield f"policies.{policy.name}"


def _says(table: Table, text: str) -> bool:
    told = (out.text for row in table.rows for name, out in row.outputs.items() if name in ("say", "remind"))
    return any(text in each.replace("+", " ").replace(",", " ").split() for each in told)


def _of(plan: Plan, steps: list[str]) -> Iterator[str]:
    match steps:
        case ["hours", name]:
            yield from leaning(plan, name)
        case ["texts", name]:
            yield from sayers(plan, name)
        case ["groups", name]:
            yield f"groups.{name}"
        case ["channels", name] if name in plan.channels:
            yield f"channels.{name}"
        case ["levels", name, *_] if name in plan.levels:
            yield f"levels.{name}"
        case ["policies", name] if name in plan.policies:
            yield from _customers(plan.policies[name].groups)
        case ["goals", name] if name in plan.goals:
            yield from (f"groups.{each}" for each in plan.goals[name].groups)
        case ["procedures", name, *rest]:
            yield from _procedure(plan, name, rest)
        case ["company", kind, name]:
            yield from _company(plan, kind, name)
        case ["knowledge", "articles", name]:
            for article in plan.knowledge.articles:
                if article.name == name:
                    yield from _people(plan, article.levels) if article.levels else (CUSTOMERS,)
        case [section, *_] if section in EVERY_CUSTOMER:
            yield CUSTOMERS
        case [section, name, *rest]:
            yield from _care(plan, section, name, rest)


def _care(plan: Plan, section: str, name: str, rest: list[str]) -> Iterator[str]:
    match section:
        case "surveys" if name in plan.surveys:
            yield from _customers(plan.surveys[name].groups)
        case "training" if name in plan.training:
            yield from _people(plan, plan.training[name].who)
        case "recognition" if name in plan.recognition:
            yield from _people(plan, plan.recognition[name].who or tuple(plan.levels))
        case "providers" if name in plan.providers:
            provider = plan.providers[name]
            yield f"providers.{name}"
            yield from (f"groups.{each}" for each in provider.groups)
            yield from (f"channels.{each}" for each in provider.channels)
        case "internal" if name in plan.departments:
            yield f"internal.{name}"
            owed = [each for each in plan.departments[name].owes if not rest or each.name == rest[-1]]
            yield from _people(plan, (to for each in owed for to in each.to))
        case "topics" if name in plan.topics and plan.topics[name].level:
            yield f"levels.{plan.topics[name].level}"


def _company(plan: Plan, kind: str, name: str) -> Iterator[str]:
    match kind:
        case "teams" if name in plan.teams:
            yield f"company.teams.{name}"
            yield from (f"channels.{each}" for each in plan.teams[name].channels)
        case "shifts" if name in plan.shifts:
            shift = plan.shifts[name]
            yield from _people(plan, (shift.team,))
            yield from (f"channels.{each}" for each in shift.channels)
        case "duties" if name in plan.duties:
            yield from _people(plan, plan.duties[name].who)
        case "sites":
            yield from (f"company.teams.{each.name}" for each in plan.teams.values() if each.site == name)


def _procedure(plan: Plan, name: str, rest: list[str]) -> Iterator[str]:
    found = plan.procedures.get(name)
    for step in found.steps.values() if found else ():
        if not rest or step.work.name == rest[-1]:
            yield from (CUSTOMERS,) if step.work.who == "customer" else _people(plan, (step.work.who,))


def _customers(groups: Iterable[str]) -> Iterator[str]:
    yield from [f"groups.{each}" for each in groups] or [CUSTOMERS]


def _people(plan: Plan, names: Iterable[str]) -> Iterator[str]:
    """Yield levels, teams and departments by their addresses; names of none of them are left out."""
    for name in names:
        if name in plan.levels:
            yield f"levels.{name}"
        elif name in plan.teams:
            yield f"company.teams.{name}"
        elif name in plan.departments:
            yield f"internal.{name}"
