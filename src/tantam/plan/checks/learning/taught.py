"""Checks that whoever decides has learned it, and that what is asked is written down."""

from __future__ import annotations

from collections.abc import Iterator

from tantam.plan.checks.described import NOTE, Check, finding, is_whole, several
from tantam.plan.errors import Finding, Severity
from tantam.plan.sections.clauses import Level
from tantam.plan.sections.plan import Plan


def check_taught(plan: Plan) -> Iterator[Finding]:
    """Yield notes: K170 if the plan has neither courses nor articles, K171 for a level without a course on policies.

    K172 for policies, K173 for topics without an article. Where no course, or no article, says which policy or topic
    it is about, there is one note instead: K174, K175.
    """
    if not plan.policies:
        return
    if is_whole(plan) and not plan.training and not plan.knowledge.articles:
        yield finding("K170", Severity.NOTE, plan.place("company"), "training")
    courses, articles = plan.training.values(), plan.knowledge.articles
    if any(each.policies or each.topics for each in courses):
        yield from _courses(plan)
    elif courses:
        yield finding("K174", Severity.NOTE, plan.place("training"), "training")
    if any(each.policies or each.topics for each in articles):
        yield from _articles(plan)
    elif articles:
        yield finding("K175", Severity.NOTE, plan.place("knowledge"), "knowledge")


def _courses(plan: Plan) -> Iterator[Finding]:
    for level in plan.levels.values():
        if not level.handles:
            continue
        left = [name for name, policy in plan.policies.items() if policy.decides is not None]
        left = [name for name in left if not _is_taught(plan, level, name)]
        if left:
            shows = {"level": level.name, "policy": left[0]}
            args = {"level": level.name, "policies": several(left)}
            yield finding("K171", Severity.NOTE, plan.place("training"), "training", **args, shows=shows)


def _is_taught(plan: Plan, level: Level, policy: str) -> bool:
    """Return whether some course for the level is about the policy, or about one of its topics."""
    topics = set(plan.policies[policy].topics)
    return any(
        (not course.who or level.name in course.who) and (policy in course.policies or topics & set(course.topics))
        for course in plan.training.values()
    )


def _articles(plan: Plan) -> Iterator[Finding]:
    articles = plan.knowledge.articles
    policies = {policy for each in articles for policy in each.policies}
    topics = {topic for each in articles for topic in each.topics}
    policies |= {name for name, each in plan.policies.items() if topics & set(each.topics)}
    place = plan.place("knowledge")
    if left := [name for name in plan.policies if name not in policies]:
        yield finding("K172", Severity.NOTE, place, "knowledge", policies=several(left), shows={"policy": left[0]})
    topics |= {topic for name in policies if name in plan.policies for topic in plan.policies[name].topics}
    if left := [topic for topic in plan.case_topics if topic not in topics]:
        yield finding("K173", Severity.NOTE, place, "knowledge", topics=several(left), shows={"topic": left[0]})


CHECK = Check({"K170": NOTE, "K171": NOTE, "K172": NOTE, "K173": NOTE, "K174": NOTE, "K175": NOTE}, check_taught)
