"""How customers are looked after: topics, what is asked and written down, how staff learn, speak and are reviewed."""

from __future__ import annotations

from tantam.plan.publish.contents import naming
from tantam.plan.publish.paper import (
    Audience,
    Block,
    Cell,
    Clause,
    Grid,
    Head,
    Item,
    Line,
    Note,
    Part,
    Points,
    Prose,
)
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.sections.clauses_care import Article, Knowledge, QualityForm, Question, Survey, Topic
from tantam.plan.sections.clauses_people import Course
from tantam.plan.spoken import capitalized, number, spoken


def topics(speech: Speech, audience: Audience) -> Part:
    """What customers come for, and what helps until somebody is there; to staff also who answers for it."""
    found = [each for each in speech.plan.topics.values() if audience is Audience.STAFF or each.first_aid]
    clauses = tuple(_topic(speech, each, audience) for each in found)
    return Part("topics", speech.say("part_topics"), clauses)


def _topic(speech: Speech, topic: Topic, audience: Audience) -> Clause:
    address = f"topics.{topic.name}"
    blocks: list[Block] = [Prose(naming.text(speech, topic.first_aid))] if topic.first_aid else []
    found = {"head_policy": (naming.policies(speech, [topic.policy]) if topic.policy else "", f"{address}.policy")}
    if audience is Audience.STAFF:
        found |= {
            "head_level": (naming.one(speech, topic.level) if topic.level else "", f"{address}.level"),
            "review_owner": (naming.one(speech, topic.owner) if topic.owner else "", f"{address}.owner"),
            "head_sheet": (topic.sheet, f"{address}.sheet"),
        }
    points = naming.items(speech, found)
    blocks += [Points(tuple(points))] if points else []
    return Clause(address, naming.topic(speech, topic.name), tuple(blocks))


def surveys(speech: Speech, audience: Audience) -> Part:
    """What customers are asked, when, and how often at most."""
    clauses = tuple(_survey(speech, each, audience) for each in speech.plan.surveys.values())
    return Part("surveys", speech.say("part_surveys"), clauses)


def _survey(speech: Speech, survey: Survey, audience: Audience) -> Clause:
    address = f"surveys.{survey.name}"
    blocks: list[Block] = []
    occasion = naming.event(speech, survey.event) if survey.event else ""
    if survey.after is not None and occasion:
        occasion = f"{occasion}, {speech.inside(speech.filled('later', span=survey.after))}"
    most = naming.text(speech, survey.at_most)
    if survey.most is not None and survey.per:
        most = speech.say("most", count=number(survey.most, speech.lang), per=naming.per(speech, survey.per))
    only = speech.sentence(survey.condition) if survey.condition is not None else naming.text(speech, survey.only_if)
    found = {
        "head_event": (occasion, f"{address}.event"),
        "head_at_most": (most, f"{address}.at_most"),
        "head_only_if": (only, f"{address}.only_if"),
    }
    if audience is Audience.STAFF:
        found |= {
            "head_kind": (speech.known(f"survey_{survey.kind}") if survey.kind else "", f"{address}.kind"),
            "head_channels": (
                ", ".join(speech.named(speech.plan.channels, each) for each in survey.channels),
                f"{address}.channels",
            ),
            "head_groups": (
                ", ".join(speech.named(speech.plan.groups, each) for each in survey.groups),
                f"{address}.groups",
            ),
            "head_stages": (", ".join(speech.stage(each) for each in survey.stages), f"{address}.stages"),
        }
    points = naming.items(speech, found)
    points += [_question(speech, address, each, audience) for each in survey.questions]
    blocks += [Points(tuple(points))] if points else []
    title = speech.pick(survey.label) or (naming.event(speech, survey.event) if survey.event else spaced(survey.name))
    return Clause(address, title, tuple(blocks))


def _question(speech: Speech, address: str, question: Question, audience: Audience) -> Item:
    said = naming.text(speech, question.words)
    if question.answers:
        said = f"{said} {' · '.join(speech.pick(each) for each in question.answers)}"
    if question.scale is not None:
        low, high = question.scale
        said = f"{said} ({speech.say('scale', low=low, high=high)})"
    if audience is Audience.STAFF and question.follow_up_below is not None:
        said = f"{said} {speech.say('follow_up_below', number=question.follow_up_below)}"
    return Item(said, speech.say("we_ask"), f"{address}.questions.{question.name}")


def knowledge(speech: Speech, audience: Audience) -> Part:
    """What is written down: to customers what they may read, to staff also who looks after it."""
    found, staff = speech.plan.knowledge, audience is Audience.STAFF
    clauses = []
    articles = [each for each in found.articles if staff or not each.levels]
    if articles:
        items = tuple(_article(speech, each, audience) for each in articles)
        clauses.append(Clause("knowledge.articles", speech.say("articles"), (Points(items),)))
    if staff:
        clauses += _keeping(speech, found)
    return Part("knowledge", speech.say("part_knowledge"), tuple(clauses))


def _article(speech: Speech, article: Article, audience: Audience) -> Item:
    about = naming.topics(speech, article.topics) or naming.policies(speech, article.policies)
    if audience is Audience.STAFF and article.levels:
        about = " · ".join(
            each for each in (about, speech.say("only_for", who=naming.who(speech, article.levels))) if each
        )
    return Item(speech.pick(article.title, spaced(article.name)), about, f"knowledge.articles.{article.name}")


def _keeping(speech: Speech, kept: Knowledge) -> list[Clause]:
    blocks: list[Block] = [Prose(naming.text(speech, kept.written))] if kept.written else []
    points = naming.items(
        speech,
        {
            "review_owner": (naming.one(speech, kept.owner) if kept.owner else "", "knowledge.owner"),
            "head_review": (naming.often(speech, kept.review) if kept.review else "", "knowledge.review"),
        },
    )
    blocks += [Points(tuple(points))] if points else []
    if kept.topics:
        heads = tuple(Head(speech.say(f"head_{name}")) for name in ("topic", "owner", "review"))
        lines = tuple(
            Line(
                f"knowledge.topics.{name}",
                (
                    Cell(naming.topic(speech, name)),
                    Cell(naming.one(speech, each.owner) if each.owner else "–", open=not each.owner),
                    Cell(naming.often(speech, each.review) if each.review else "–", open=not each.review),
                ),
            )
            for name, each in kept.topics.items()
        )
        blocks.append(Grid(heads, lines))
    return [Clause("knowledge", speech.say("keeping"), tuple(blocks))] if blocks else []


def training(speech: Speech, _: Audience) -> Part:
    """What staff learn."""
    clauses = tuple(_course(speech, each) for each in speech.plan.training.values())
    return Part("training", speech.say("part_training"), clauses)


def _course(speech: Speech, course: Course) -> Clause:
    address = f"training.{course.name}"
    blocks: list[Block] = [Prose(naming.text(speech, course.about))] if course.about else []
    again = naming.often(speech, course.again) if course.again else naming.text(speech, course.again_on)
    quiz = speech.say("quiz", count=number(course.quiz, speech.lang)) if course.quiz else ""
    if quiz and course.pass_mark is not None:
        quiz = f"{quiz}, {speech.say('pass_mark', share=_percent(speech, course.pass_mark))}"
    found = {
        "head_for_whom": (naming.who(speech, course.who) if course.who else "", f"{address}.who"),
        "head_lasts": (spoken(course.lasts, speech.lang), f"{address}.lasts"),
        "head_again": (again, f"{address}.again"),
        "head_quiz": (quiz, f"{address}.quiz"),
        "head_topics": (naming.topics(speech, course.topics), f"{address}.topics"),
        "head_policies": (naming.policies(speech, course.policies), f"{address}.policies"),
    }
    points = naming.items(speech, found)
    blocks += [Points(tuple(points))] if points else []
    title = speech.named(speech.plan.training, course.name)
    return Clause(address, capitalized(title), tuple(blocks))


def quality(speech: Speech, _: Audience) -> Part:
    """How conversations are reviewed."""
    clauses = tuple(_form(speech, each) for each in speech.plan.quality.values())
    return Part("quality", speech.say("part_quality"), clauses)


def _form(speech: Speech, form: QualityForm) -> Clause:
    address = f"quality.{form.name}"
    blocks: list[Block] = []
    if form.sample_written:
        sampled = naming.share_of(speech, form.sample_written)
        blocks.append(Note(speech.say("sampled", share=sampled), f"{address}.sample"))
    found = {
        "head_review_by": (naming.one(speech, form.by) if form.by else "", f"{address}.by"),
        "head_within": (spoken(form.within, speech.lang) if form.within else "", f"{address}.within"),
        "head_pass_mark": (_percent(speech, form.pass_mark), f"{address}.pass_mark"),
        "head_four_eyes": (speech.say("four_eyes") if form.four_eyes else "", f"{address}.four_eyes"),
    }
    points = naming.items(speech, found)
    blocks += [Points(tuple(points))] if points else []
    heads = tuple(Head(speech.say(f"head_{name}")) for name in ("looked_for", "weight"))
    lines = []
    for each in form.items:
        critical = (speech.say("critical"),) if each.critical else ()
        cells = (Cell(naming.text(speech, each.words) or spaced(each.name), critical), Cell(f"{each.weight:g}"))
        lines.append(Line(f"{address}.items.{each.name}", cells))
    blocks += [Grid(heads, tuple(lines))] if lines else []
    return Clause(address, speech.pick(form.label, spaced(form.name)), tuple(blocks))


def _percent(speech: Speech, share: float | None) -> str:
    """Return a share as people of this language write it, "" for None."""
    if share is None:
        return ""
    return f"{share * 100:g} %" if speech.lang in ("vi", "de") else f"{share * 100:g}%"


def courtesy(speech: Speech) -> list[Clause]:
    """How customers are spoken to."""
    plan, found = speech.plan, speech.plan.courtesy
    blocks: list[Block] = []
    never = found.never.get(speech.lang, ())
    named = {
        "courtesy_tone": (naming.text(speech, found.tone), "courtesy.tone"),
        "courtesy_greet": (naming.text(speech, found.greet), "courtesy.greet"),
        "courtesy_close": (naming.text(speech, found.close), "courtesy.close"),
        "courtesy_thanks": (naming.text(speech, found.thanks), "courtesy.thanks"),
        "courtesy_never": (", ".join(speech.say("quoted", words=each) for each in never), "courtesy.never"),
        "courtesy_checks": (", ".join(speech.label(each) for each in found.checks), "courtesy.checks"),
    }
    if plan.tone and plan.tone != found.tone:
        blocks.append(Prose(naming.text(speech, plan.tone)))
    points = naming.items(speech, named)
    blocks += [Points(tuple(points))] if points else []
    return [Clause("courtesy", speech.say("courtesy"), tuple(blocks))] if blocks else []
