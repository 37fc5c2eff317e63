"""The published page: well-formed, whole, in one language, without anything that runs, for whom it is meant."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tantam.plan.errors import UnknownName
from tantam.plan.publish import Audience, body, page, publish, style
from tantam.plan.publish.html import anchor
from tantam.plan.sections import Plan, read_text
from tests.plan.publish.papers import editions, ids, parsed, plan, words

HOSTILE = """
tantam: 1
company: {name: "A <b>shop</b> & sons", languages: [en], timezone: UTC, currency: EUR}
mission: "<script>alert('mission')</script>"
terms: {fault: {one_of: {ours: "<img src=x onerror=alert(1)>", none: nothing}, ask: "?"}}
hours: {office: {mon-fri: "09:00-17:00"}}
channels: {web: {label: "<script>web</script>", address: '"><script>', hours: office}}
policies:
  exchange:
    kind: exchange
    stage: after
    commitment: "</p><script>alert('commitment')</script>"
    decides: |
      row | fault => outcome
      a   | ours  | replace
      b   | none  | decline
    outcomes:
      replace: {label: "<script>outcome</script>", say: told}
      decline: {say: told}
procedures:
  fix:
    label: "<script>procedure</script>"
    steps: {one: {who: customer, do: "<script>step</script>", within: "<script>"}}
texts: {told: "<script>told</script>"}
"""


SECTIONS = (*("surveys", "training", "providers", "recognition", "quality", "topics", "privacy", "costs", "products"),)
PEOPLE = ("sites", "teams", "shifts", "duties")


def addresses(plan_: Plan) -> list[str]:
    """Every clause that a staff edition must have."""
    found = [f"policies.{each}" for each in plan_.policies] + [f"levels.{each}" for each in plan_.levels]
    found += [f"groups.{each}" for each in plan_.groups] + [f"channels.{each}" for each in plan_.channels]
    found += [f"hours.{each}" for each in plan_.hours] + [f"goals.{each}" for each in plan_.goals]
    found += [f"measures.{each}" for each in plan_.measures] + [f"needs.{each}" for each in plan_.needs]
    found += [f"requirements.{each}" for each in plan_.requirements]
    found += [f"procedures.{each}" for each in plan_.document.procedures or {}]
    found += [f"{table.name}#{row.name}" for table in _tables(plan_) for row in table.rows]
    return found + typed_addresses(plan_)


def typed_addresses(plan_: Plan) -> list[str]:
    """Those of the sections about people, customers and the house."""
    found = [f"{section}.{name}" for section in SECTIONS for name in getattr(plan_, section)]
    found += [f"company.{section}.{name}" for section in PEOPLE for name in getattr(plan_, section)]
    found += [f"internal.{name}" for name in plan_.departments]
    found += [f"internal.{each.name}.{owed.name}" for each in plan_.departments.values() for owed in each.owes]
    found += [f"surveys.{each.name}.questions.{one.name}" for each in plan_.surveys.values() for one in each.questions]
    found += [f"quality.{each.name}.items.{one.name}" for each in plan_.quality.values() for one in each.items]
    found += [f"knowledge.articles.{each.name}" for each in plan_.knowledge.articles]
    found += [f"knowledge.topics.{each}" for each in plan_.knowledge.topics]
    return found + [f"precedence.{each}" for each in plan_.precedence]


def _tables(plan_: Plan) -> list:
    return [table for name, table in plan_.tables().items() if ".outcomes." not in name]


@pytest.mark.parametrize(("name", "lang", "audience"), editions())
def test_a_page_is_well_formed_and_no_anchor_occurs_twice(name: str, lang: str, audience: Audience) -> None:
    article = parsed(plan(name), lang, audience)
    found = ids(article)
    assert sorted(set(found)) == sorted(found)
    links = [each.attrib["href"] for each in article.iter("a")]
    assert {each[1:] for each in links if each.startswith("#")} <= set(found)


@pytest.mark.parametrize(("name", "lang", "audience"), [each for each in editions() if each[2] is Audience.STAFF])
def test_staff_find_every_clause_once(name: str, lang: str, audience: Audience) -> None:
    found = ids(parsed(plan(name), lang, audience))
    missing = [each for each in addresses(plan(name)) if found.count(anchor(each)) != 1]
    assert missing == []


def test_customers_read_promises_and_policies_but_nothing_internal() -> None:
    bx = plan("ben-xuan")
    customer, staff = (parsed(bx, "en", each) for each in (Audience.CUSTOMER, Audience.STAFF))
    assert {"policies.exchange", "policies.exchange.decides-faulty", "promises-reply_elderly"} <= set(ids(customer))
    inside = ("authority", "handles", "groups.", "conduct", "courtesy", "triage", "profile", "budget", "priority")
    assert [each for each in ids(customer) if any(word in each for word in inside)] == []
    assert "Call, do not write" in words(staff)
    assert "Call, do not write" not in words(customer)
    assert "up to ₫500,000,000" in words(staff)
    assert "₫500,000,000" not in words(customer)


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_nothing_of_another_language_is_left_on_a_page(lang: str) -> None:
    bx = plan("ben-xuan")
    said = words(parsed(bx, lang, Audience.STAFF))
    sentences = [
        bx.mission,
        *(each.commitment for each in bx.policies.values()),
        *(each.care for each in bx.groups.values()),
    ]
    sentences += [each.label for policy in bx.policies.values() for each in policy.outcomes.values()]
    sentences += [each.label for each in bx.terms.values() if each.label]
    for sentence in sentences:
        others = [
            each for other, each in sentence.items() if other != lang and len(each) > 12 and each != sentence[lang]
        ]
        assert [each for each in others if each in said] == []
    assert all(bx.policies[each].commitment[lang] in said for each in bx.policies)


@pytest.mark.parametrize(("name", "lang", "audience"), editions())
def test_no_code_of_the_catalogue_or_placeholder_reaches_the_reader(name: str, lang: str, audience: Audience) -> None:
    said = words(parsed(plan(name), lang, audience))
    assert "publish_" not in said
    assert "{" not in said


@pytest.mark.parametrize("audience", list(Audience))
def test_what_a_plan_says_is_never_read_as_markup(audience: Audience) -> None:
    hostile = read_text(HOSTILE)
    whole = page(hostile, "en", audience)
    assert "<script" not in whole
    assert "<img" not in whole
    assert "alert('mission')" in whole
    article = parsed(hostile, "en", audience)
    assert {each.tag for each in article.iter()} <= {
        *(
            "article",
            "nav",
            "ol",
            "ul",
            "li",
            "a",
            "span",
            "b",
            "p",
            "header",
            "h1",
            "h2",
            "h3",
            "h4",
            "section",
            "small",
        ),
        *("div", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary"),
        *(
            f"{{http://www.w3.org/2000/svg}}{each}"
            for each in ("svg", "g", "title", "desc", "defs", "marker", "path", "rect", "circle", "text")
        ),
    }


@pytest.mark.parametrize(("name", "lang", "audience"), editions())
def test_an_article_has_no_inline_style_and_no_handler(name: str, lang: str, audience: Audience) -> None:
    article = parsed(plan(name), lang, audience)
    names = {attribute for each in article.iter() for attribute in each.attrib}
    assert "style" not in names
    assert not [each for each in names if each.startswith("on")]


@pytest.mark.parametrize("name", ["ben-xuan"])
def test_headings_go_down_by_one_level_at_a_time(name: str) -> None:
    article = parsed(plan(name), "vi", Audience.STAFF)
    levels = [int(each.tag[1]) for each in article.iter() if each.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_language_that_the_plan_lacks_is_refused_with_those_that_it_has() -> None:
    with pytest.raises(UnknownName, match="vi, de, en"):
        body(plan("ben-xuan"), "fr", Audience.CUSTOMER)


def test_publish_writes_the_own_language_at_the_top_and_links_the_others(tmp_path: Path) -> None:
    done = publish(plan("ben-xuan"), tmp_path, on=date(2026, 11, 22))
    names = {each.relative_to(tmp_path).as_posix() for each in done.written}
    drawn = [f"procedures/{name}" for name in plan("ben-xuan").procedures]
    own = {"index.html", "plan.pdf", "plan.md", *(f"{each}{ending}" for each in drawn for ending in (".svg", ".bpmn"))}
    own |= {f"tables/{each}.dmn" for each in (*plan("ben-xuan").policies, "promises", "limits", "follow_ups")}
    own |= {f"hours/{each}.ics" for each in plan("ben-xuan").hours}
    assert done.failed == ()
    assert names == own | {f"{lang}/{each}" for lang in ("de", "en") for each in own}
    assert 'href="de/index.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="../index.html"' in (tmp_path / "de" / "index.html").read_text(encoding="utf-8")


def test_a_page_is_under_100_kilobytes() -> None:
    assert len(page(plan("ben-xuan"), "vi", Audience.CUSTOMER).encode()) < 100_000


def test_markdown_says_every_policy_and_escapes_the_marks_of_markdown(tmp_path: Path) -> None:
    publish(plan("ben-xuan"), tmp_path, ["en"])
    said = (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert all(f"`policies.{each}`" in said for each in plan("ben-xuan").policies)
    publish(read_text(HOSTILE), tmp_path / "hostile")
    assert "<script" not in (tmp_path / "hostile" / "plan.md").read_text(encoding="utf-8").replace("\\<script", "")


def test_the_style_of_an_article_touches_nothing_but_the_article() -> None:
    rules = re.sub(r"/\*.*?\*/|@media[^{]*", "", style(), flags=re.DOTALL)
    selectors = [each.strip() for each in re.findall(r"([^{}]+)\{", rules) if each.strip()]
    parts = [part.strip() for each in selectors for part in re.split(r",(?![^(]*\))", each)]
    assert [each for each in parts if not each.startswith((".paper", ".flow-")) and each != ":root"] == []
    assert "color-scheme" not in re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)


@pytest.mark.parametrize("lang", ["vi", "de", "en"])
def test_a_course_without_label_is_called_by_its_name_as_words(lang: str) -> None:
    company = f"{{name: S, languages: [{lang}], timezone: UTC}}"
    bare = read_text(f"tantam: 1\ncompany: {company}\ntraining: {{fire_and_flood: {{lasts: 3 h}}}}\n")
    article = parsed(bare, lang, Audience.STAFF)
    (course,) = (each for each in article.iter() if each.get("id") == anchor("training.fire_and_flood"))
    assert words(course).startswith("Fire and flood")
