"""A plan as DMN that other tools open: its policies, triage, promises and terms; what FEEL cannot say is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tantam.plan.dmn.write.elements import Edition, ident
from tantam.plan.dmn.write.graph import Graph, Said
from tantam.plan.dmn.write.policies import FileWriter, decision_name
from tantam.plan.sections import Plan
from tantam.plan.tables.form import Table

__all__ = ["Edition", "decision_name", "dmn_of"]


def dmn_of(plan: Plan, lang: str, edition: Edition = Edition.DMN_1_3) -> Mapping[str, str]:
    """Return {file stem: DMN}: each policy that decides, and triage, promises, limits and follow-ups.

    lang: of labels and notes. Names, words and addresses stay the plan's own, whatever the language."""
    made: dict[str, str] = {}
    for name, policy in plan.policies.items():
        if policy.decides or policy.needs or policy.must:
            writer = _writer(plan, Graph(name, policy.label.get(lang, ""), edition), lang)
            writer.policy(policy)
            made[_free(name, made)] = _finished(writer)
    for name, tables in _groups(plan):
        writer = _writer(plan, Graph(name, "", edition), lang)
        for table in tables:
            writer.table(table.name.replace(".", " "), table, Said(about=table.name))
        made[_free(name, made)] = _finished(writer)
    return made


def _groups(plan: Plan) -> Iterator[tuple[str, tuple[Table, ...]]]:
    groups = {
        "triage": plan.triage,
        "promises": plan.promises.tables,
        "limits": (plan.limits,) if plan.limits else (),
        "follow_ups": (plan.follow_ups,) if plan.follow_ups else (),
    }
    yield from ((name, tables) for name, tables in groups.items() if tables)


def _writer(plan: Plan, graph: Graph, lang: str) -> FileWriter:
    version = f"{plan.company_name.get(lang, '')} {plan.name}".strip()
    graph.about = f"{graph.about} ({version})" if graph.about else version
    return FileWriter(plan, graph, lang)


def _finished(writer: FileWriter) -> str:
    writer.noted()
    return writer.graph.text()


def _free(name: str, taken: Mapping[str, str]) -> str:
    """Return a file stem that is not taken."""
    stem = ident(name)[1:]
    return stem if stem not in taken else f"{stem}_table"
