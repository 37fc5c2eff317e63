"""The free sections are typed as far as they can be read; what is not understood is noted, and stops no plan."""

from __future__ import annotations

import pytest

from tantam.plan.errors import Finding, PlanUnreadable, Severity
from tantam.plan.run import unsaid
from tantam.plan.sections import Plan, read_text
from tantam.plan.tables.values import Amount, Family, Span

SHOP = """\
tantam: 1
company:
  name: Shop
  languages: [en, vi]
  timezone: Europe/Berlin
  currency: EUR
%s
hours: {office: {mon-fri: "08:00-17:00"}, night: {mon-sun: "22:00-06:00"}}
channels: {phone: {hours: office}, mail: {}}
levels: {agent: {escalates_to: chief}, chief: {}}
needs: {quick: It goes quickly.}
groups: {elderly: {when: age >= 65}}
terms:
  age: {number: 0.., from: customer.age}
  topic: {one_of: [repair, advice], from: case.topic}
measures: {swift: {of: first_reply}}
goals: {fast: {aim: Be fast, measure: swift, target: <= 30 min}}
policies: {help: {commitment: We help.}}
"""


def plan(written: str, company: str = "") -> Plan:
    return read_text(SHOP % company + written)


def noted(written: str, company: str = "") -> list[tuple[str, Severity, int]]:
    return [(each.code, each.severity, each.place.line) for each in plan(written, company).findings]


def one(written: str) -> Finding:
    (finding,) = plan(written).findings
    return finding


LINE = SHOP.count("\n") + 1  # of what is written after SHOP, whose company takes a line of its own


def test_a_plan_that_says_nothing_freely_has_nothing() -> None:
    empty = plan("")
    assert (empty.teams, empty.surveys, empty.precedence, empty.knowledge.articles) == ({}, {}, (), ())
    assert empty.findings == ()


def test_sites_teams_shifts_and_duties_know_each_other() -> None:
    built = plan(
        "",
        """\
  sites: {mill: {label: The mill, zone: Asia/Ho_Chi_Minh, hours: office}, yard: {}}
  teams: {desk: {label: Desk, site: mill, levels: [agent], languages: [en, vi], channels: phone, people: 4}}
  shifts: {late: {team: desk, hours: night, people: 2, languages: vi}}
  duties: {keys: {words: Locks up., who: [desk, chief], hours: office}}""",
    )
    assert built.findings == ()
    assert (built.sites["mill"].zone, built.sites["yard"].zone) == ("Asia/Ho_Chi_Minh", "Europe/Berlin")
    assert (built.teams["desk"].people, built.teams["desk"].topics) == (4, ())
    late = built.shifts["late"]
    assert (late.people, late.levels, late.languages, late.channels) == (2, ("agent",), ("vi",), ("phone",))
    assert built.duties["keys"].who == ("desk", "chief")


def test_a_course_knows_how_long_how_often_and_what_it_asks() -> None:
    built = plan(
        """\
training:
  first: {about: How we repair, who: all, topics: [repair], policies: help, lasts: 3 h, again: 12 months, quiz: 8,
    pass_mark: 80 %}
  news: {about: What is new, who: agent, again: with every version}
"""
    )
    first, news = built.training["first"], built.training["news"]
    assert built.findings == ()
    assert (first.who, first.topics, first.policies) == (("agent", "chief"), ("repair",), ("help",))
    assert (first.lasts, first.again) == (Span(Family.EXACT, 3 * 3600), Span(Family.CALENDAR, 0, 12))
    assert (first.quiz, first.pass_mark) == (8, 0.8)
    assert (news.again, news.again_on["en"]) == (None, "with every version")


def test_a_provider_is_sampled_judged_and_stopped() -> None:
    built = plan(
        """\
providers:
  chat: {kind: third-party, sampled: 5 % of talks, judged_by: [swift, escalated], stop: {swift: 4 h, escalated: 20 %}}
"""
    )
    chat = built.providers["chat"]
    assert (chat.kind, chat.share, chat.judged_by) == ("third_party", 0.05, ("swift", "escalated"))
    assert [(each.sign, each.at) for each in chat.stop.values()] == [(">=", 240.0), (">=", 0.2)]


def test_departments_owe_each_other_things_by_a_time() -> None:
    built = plan(
        """\
internal:
  stores: {people: 3, owes: {parts: {to: [works, agent], what: Parts, within: 2 working days, on: office}}}
  works: {owes: [{to: stores, what: A list, every: 1 day}]}
  owners: {stakeholder: true}
"""
    )
    (parts,), (list_,) = built.departments["stores"].owes, built.departments["works"].owes
    assert built.findings == ()
    assert (parts.name, parts.to, parts.within) == ("parts", ("works", "agent"), Span(Family.WORKING, 2))
    assert (list_.name, list_.what["vi"], list_.every) == ("0", "A list", Span(Family.CALENDAR, 1))
    assert built.departments["owners"].stakeholder


def test_a_survey_of_one_question_and_one_of_several_are_read_alike() -> None:
    built = plan(
        """\
surveys:
  short: {ask: {en: All well?, vi: Ổn chưa ạ?}, answers: {en: [yes, no], vi: [rồi, chưa]}, at_most: 1 per month}
  long:
    kind: csat
    event: resolved
    after: 2 days
    groups: elderly
    only_if: age >= 18
    questions:
      pleased: {ask: How pleased are you?, kind: csat, need: quick, scale: 1..5, follow_up_below: 3}
      why: {ask: Why?, kind: text, only_if: pleased < 3}
"""
    )
    short, long = built.surveys["short"], built.surveys["long"]
    assert built.findings == ()
    assert [each["vi"] for each in short.questions[0].answers] == ["rồi", "chưa"]
    assert (short.questions[0].words["en"], short.most, short.per) == ("All well?", 1, "month")
    assert [each.name for each in long.questions] == ["pleased", "why"]
    assert (long.questions[0].scale, long.questions[0].follow_up_below, long.questions[0].need) == ((1, 5), 3, "quick")
    assert long.condition is not None


def test_a_condition_in_words_stays_words() -> None:
    survey = plan("surveys: {after: {ask: All well?, only_if: the guest agreed to mail when booking}}\n").surveys[
        "after"
    ]
    assert (survey.condition, survey.only_if["en"]) == (None, "the guest agreed to mail when booking")


def test_knowledge_courtesy_quality_topics_and_profile() -> None:
    built = plan(
        """\
profile: {home: In the city, age: {words: One in six is older, term: age, expected: {">= 65": 16 %}}}
knowledge: {owner: agent, review: 6 months, articles: {mend: {title: Mending, topics: repair}}, topics: {repair: chief}}
courtesy: {tone: Warm., never: {en: [calm down], vi: [mong thông cảm]}}
quality: {talk: {items: {name: Says the name, truth: {words: Is right, weight: 3, critical: true}}, sample: 2 %}}
topics: {repair: {policy: help, level: agent, owner: chief, first_aid: Pull the plug.}}
"""
    )
    assert built.findings == ()
    assert built.profile["age"].expected == ((">= 65", 0.16),)
    assert built.knowledge.review == Span(Family.CALENDAR, 0, 6)
    assert (built.knowledge.articles[0].topics, built.knowledge.topics["repair"].owner) == (("repair",), "chief")
    assert (built.courtesy.never["vi"], built.tone["en"]) == (("mong thông cảm",), "Warm.")
    assert [(each.weight, each.critical) for each in built.quality["talk"].items] == [(1.0, False), (3.0, True)]
    assert (built.quality["talk"].sample, built.topics["repair"].first_aid["vi"]) == (0.02, "Pull the plug.")


def test_a_quality_form_says_who_reviews_by_when_and_what_is_good() -> None:
    built = plan(
        "quality:\n"
        "  talk: {items: {name: A}, by: agent, within: 3 working days, pass_mark: 75 %, four_eyes: true}\n"
        "  call: {items: {name: A}, by: nobody, within: soon, pass_mark: most}\n"
    )
    talk, call = built.quality["talk"], built.quality["call"]
    assert (talk.by, talk.within, talk.pass_mark, talk.four_eyes) == ("agent", Span(Family.WORKING, 3), 0.75, True)
    assert (call.by, call.within, call.pass_mark, call.four_eyes) == ("", None, None, False)
    assert {each.clause for each in built.findings} == {
        "quality.call.by",
        "quality.call.within",
        "quality.call.pass_mark",
    }


def test_privacy_costs_precedence_products_and_recognition() -> None:
    built = plan(
        """\
privacy: {cases: {what: Cases, keep: 3 years, then: anonymise, law: § 195 BGB}, praise: {keep: for good}}
costs: {hour: {label: An hour, amount: 32.50 EUR, per: hour}, post: 4 EUR per parcel}
precedence: [contract, group, plan]
products: {lamps: {label: Lamps, measures: [swift], goals: fast}}
recognition: {quick: {words: Quick month, measure: swift, target: <= 20 min, who: agent, gives: A free day, per: month}}
"""
    )
    assert built.findings == ()
    assert (built.privacy["cases"].keep, built.privacy["praise"].keep) == (Span(Family.CALENDAR, 0, 36), None)
    asked = plan("privacy: {requests: {answer: 1 month, extend: 2 months, proof: colleague, law: Art. 12}}\n")
    clause = asked.privacy["requests"]
    assert (clause.answer, clause.extend) == (Span(Family.CALENDAR, 0, 1), Span(Family.CALENDAR, 0, 2))
    assert (clause.proof, asked.findings) == ("colleague", ())
    assert built.costs["post"].amount == Amount(400, "EUR")
    assert (built.costs["post"].per, built.precedence) == ("parcel", ("contract", "group", "plan"))
    assert built.products["lamps"].goals == ("fast",)
    bound = built.recognition["quick"].bound
    assert bound is not None and (bound.sign, bound.at) == ("<=", 20.0)


@pytest.mark.parametrize(
    ("budget", "amount", "per"),
    [
        ("2 % of sales", None, ""),
        ("1.5 % of sales a year", None, "year"),
        ("500 EUR per month", Amount(50_000, "EUR"), "month"),
        ("20_000 EUR", Amount(2_000_000, "EUR"), ""),
    ],
)
def test_a_budget_is_a_share_or_an_amount(budget: str, amount: Amount | None, per: str) -> None:
    said = f"commitment: We help., budget: {budget}, priority: 1, topics: repair"
    built = read_text((SHOP % "").replace("commitment: We help.", said))
    assert built.findings == ()
    policy = built.policies["help"]
    assert (policy.budget_amount, policy.budget_per) == (amount, per)
    assert (policy.budget, policy.priority, policy.topics) == (budget, 1, ("repair",))


def test_a_key_near_a_right_one_is_a_warning_and_read_as_that() -> None:
    text = "training: {first: {abuot: Repairs}}\n"
    assert noted(text) == [("K200", Severity.WARNING, LINE)]
    assert one(text).args["nearest"] == "about"
    assert plan(text).training["first"].about["en"] == "Repairs"


def test_a_key_that_nobody_knows_is_a_note_and_stays() -> None:
    built = plan("providers: {chat: {zebra: 3}}\n")
    assert [(each.code, each.severity) for each in built.findings] == [("K201", Severity.NOTE)]
    assert built.document.providers == {"chat": {"zebra": "3"}}


@pytest.mark.parametrize(
    "text",
    [
        "profile: {vi: Gia đình trong thành phố, phần lớn gần đây}\n",
        "surveys: {s: {ask: {vi: Ngủ ngon không, dạ}}}\n",
        "surveys: {s: {ask: All well, or not}}\n",
        "knowledge: {written: {vi: Điều gì khách hỏi, thì viết lại}}\n",
        "training: {t: {about: Fire, flood}}\n",
        "training: {t: {about: {en: Fire, and flood}}}\n",
        "providers: {p: {scope: {vi: Giặt ga, khăn và chăn}}}\n",
        "internal: {d: {vi: Buồng phòng, lễ tân}}\n",
        "internal: {d: {owes: {x: {what: {vi: Khăn sạch, ga mới}}}}}\n",
        "recognition: {r: {vi: Ai được khen, được thưởng}}\n",
        "recognition: {r: Whoever is praised, hears it read out}\n",
        "courtesy: {greet: {vi: Xin chào, rất vui}}\n",
        "quality: {q: {items: {i: {words: Listens, to the end}}}}\n",
        "topics: {repair: {first_aid: {vi: Rút điện, gọi thợ}}}\n",
        "privacy: {p: {what: {vi: Thư, cuộc gọi}}}\n",
        "costs: {c: {label: {vi: Một giờ, cả ngày}}}\n",
        "products: {p: {vi: Đèn, quạt và bếp}}\n",
        "conduct: [{vi: Nghe hết, rồi mới hỏi}]\n",
        "conduct: {calm: Keep calm, whatever they say}\n",
        "review: {triggers: [{vi: Luật đổi, khách phàn nàn}]}\n",
        "labels: {office: {vi: Bàn chăm sóc, khách hàng}}\n",
        "texts: {hello: {vi: Xin chào, rất vui}}\n",
        "procedures: {p: {steps: [{do: x, say: {vi: Chào khách, mời ngồi}}]}}\n",
    ],
)
def test_prose_that_broke_at_its_comma_is_found_in_every_section(text: str) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        plan(text)
    (finding,) = [each for each in caught.value.findings if each.severity is Severity.ERROR]
    assert (finding.code, finding.place.line) in (("S13", LINE), ("S04", LINE))
    broken = text.rindex(",") + 2
    assert finding.place.column in (broken + 1, broken + 1 + len(text[broken:].rstrip("}]\n")))


@pytest.mark.parametrize(
    "text",
    [
        "teams: {day, night}",
        "teams: [day, night]",
        "sites: {mill: , yard: }",
        "teams: {day: }",
        "duties: {keys: Locks up.}",
    ],
)
def test_names_without_a_value_are_no_prose(text: str) -> None:
    assert noted("", "  " + text) == []


@pytest.mark.parametrize(
    ("text", "code", "severity", "near"),
    [
        ("training: {t: {who: agnt}}\n", "K203", Severity.WARNING, "agent"),
        ("training: {t: {policies: [hlp]}}\n", "K203", Severity.WARNING, "help"),
        ("surveys: {s: {questions: {q: {ask: Well?, need: quik}}}}\n", "K203", Severity.WARNING, "quick"),
        ("surveys: {s: {ask: Well?, channels: fone}}\n", "K203", Severity.WARNING, "phone"),
        ("surveys: {s: {ask: Well?, groups: elderlie}}\n", "K203", Severity.WARNING, "elderly"),
        ("surveys: {s: {ask: Well?, stages: afterr}}\n", "K203", Severity.WARNING, "after"),
        ("knowledge: {articles: {a: {title: A, topics: repairs}}}\n", "K203", Severity.WARNING, "repair"),
        ("providers: {p: {judged_by: swifd}}\n", "K203", Severity.WARNING, "swift"),
        ("profile: {p: {words: Old, term: agee}}\n", "K203", Severity.WARNING, "age"),
        ("internal: {d: {owes: {x: {what: A, to: e}}}, ef: {}}\n", "K203", Severity.WARNING, "ef"),
        ("internal: {d: {owes: {x: {what: A, on: offices}}}}\n", "K203", Severity.WARNING, "office"),
        ("products: {p: {goals: fasst}}\n", "K203", Severity.WARNING, "fast"),
        ("training: {t: {who: zzz}}\n", "K204", Severity.NOTE, ""),
        ("providers: {p: {hours: zzz}}\n", "K204", Severity.NOTE, ""),
    ],
)
def test_a_name_that_nothing_bears_is_told_with_the_nearest(
    text: str, code: str, severity: Severity, near: str
) -> None:
    finding = one(text)
    assert (finding.code, finding.severity, finding.args.get("nearest", "")) == (code, severity, near)
    assert finding.place.line == LINE
    assert all(finding.sentence(lang) and finding.next_step(lang) is not None for lang in ("vi", "de", "en"))


@pytest.mark.parametrize(
    "text",
    [
        "training: {t: {lasts: long}}\n",
        "training: {t: {quiz: some day}}\n",
        "training: {t: {who: {a: b}}}\n",
        "training: {t: {pass_mark: 140 %}}\n",
        "providers: {p: {kind: robot}}\n",
        "providers: {p: {hours_a_week: many}}\n",
        "providers: {p: {stop: {swift: 3 EUR}}}\n",
        "surveys: {s: {ask: Well?, scale: 5..1}}\n",
        "surveys: {s: {ask: [a, b]}}\n",
        "privacy: {p: {keep: as long as needed}}\n",
        "privacy: {p: {then: burn}}\n",
        "privacy: {p: {answer: soon}}\n",
        "privacy: {p: {answer: 10 days, extend: longer}}\n",
        "privacy: {p: {answer: 10 days, proof: a look}}\n",
        "costs: {c: 3 USD}\n",
        "precedence: [chance]\n",
        "internal: {d: {people: -3}}\n",
        "quality: {q: {items: {i: {words: A, weight: heavy}}}}\n",
        "quality: 3\n",
        "limits: [a, b]\n",
        "follow_ups: {call: {after: 3 days}}\n",
        "knowledge: [a, b]\n",
    ],
)
def test_a_value_of_another_shape_is_noted_and_left_out(text: str) -> None:
    assert noted(text) == [("K202", Severity.NOTE, LINE)]


@pytest.mark.parametrize(
    ("written", "got", "allowed"),
    [
        ('providers: {p: {hours_a_week: "37,5"}}\n', "37,5", "37.5"),
        ('providers: {p: {sampled: "2,5 % of calls", stop: {complaint_rate: "2,5 %"}}}\n', "2,5 %", "2.5 %"),
        ('training: {t: {pass_mark: "82,5 %"}}\n', "82,5 %", "82.5 %"),
        ('training: {t: {lasts: "1,5 h"}}\n', "1,5 h", "1.5 h"),
        ('costs: {c: {amount: "1.250,50 EUR"}}\n', "1.250,50 EUR", "1_250.50 EUR"),
        ('profile: {p: {words: A, term: age, expected: {"< 65": "83,8 %"}}}\n', "83,8 %", "83.8 %"),
    ],
)
def test_a_number_as_other_countries_write_it_is_refused(written: str, got: str, allowed: str) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        plan(written)
    told = [each for each in caught.value.findings if each.code == "S18"]
    assert [(each.args["got"], each.args["allowed"], each.place.line) for each in told] == [(got, allowed, LINE)]


@pytest.mark.parametrize(
    ("old", "new", "clause"),
    [
        ("commitment: We help.", 'commitment: We help., budget: "2,5 % of sales"', "policies.help.budget"),
        ("quick: It goes quickly.", 'quick: {words: Fast., importance: "4,5"}', "needs.quick.importance"),
    ],
)
def test_a_budget_and_an_importance_are_refused_likewise(old: str, new: str, clause: str) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_text((SHOP % "").replace(old, new))
    assert [(each.code, each.clause) for each in caught.value.findings] == [("S18", clause)]


def test_a_procedure_that_a_policy_names_is_found() -> None:
    steps = "procedures: {mend: {steps: [{do: Mend it, who: agent}]}}\n"
    said = (SHOP % "").replace("commitment: We help.", "commitment: We help., procedure: mnd")
    (finding,) = [each for each in read_text(said + steps).findings if each.code == "K203"]
    assert (finding.args["nearest"], finding.clause) == ("mend", "policies.help.procedure")
    assert read_text(said.replace("mnd", "mend") + steps).policies["help"].procedure == "mend"


def test_an_event_that_nobody_sends_is_noted() -> None:
    assert noted("surveys: {s: {ask: Well?, event: full_moon}}\n") == [("K206", Severity.NOTE, LINE)]
    rows = (
        "follow_ups: |\n  event | when => after | do\n  full_moon | - => 3 days | call\n  resolved | - => 1 day | ask\n"
    )
    assert noted(rows) == [("K206", Severity.NOTE, LINE + 2)]


def test_teams_at_the_top_have_moved() -> None:
    assert noted("teams: {day: {}}\n") == [("K205", Severity.NOTE, LINE)]


def test_what_is_not_understood_changes_neither_hash_nor_what_is_written() -> None:
    assert plan("training: {t: {abuot: A}}\n").hash != plan("training: {t: {about: A}}\n").hash
    assert plan("quality: 3\n").document.quality == "3"


def test_sales_say_how_long_quotes_are_valid_and_why_people_do_not_buy() -> None:
    written = plan("sales: {quotes_valid: 10 days, lost_because: {price: {en: The price}, late: Too late}}\n")
    assert written.sales.quotes_valid == Span(Family.CALENDAR, 10)
    assert written.sales.lost_because == {"price": {"en": "The price"}, "late": {"en": "Too late", "vi": "Too late"}}
    assert plan("sales: 3 working days\n").sales.quotes_valid == Span(Family.WORKING, 3)
    assert [each.clause for each in plan("sales: {quotes_valid: long}\n").findings] == ["sales.quotes_valid"]


def test_plan_that_says_nothing_of_sales_has_the_usual_time_and_reasons() -> None:
    silent = plan("")
    assert unsaid.quotes_valid(silent) == Span(Family.CALENDAR, 14)
    assert unsaid.lost_because(silent) == unsaid.LOST_BECAUSE
    assert unsaid.lost_because(plan("sales: {lost_because: {late: Too late}}\n")) == ("late",)
    assert unsaid.lost_after(silent) == Span(Family.CALENDAR, 365)


def test_sales_say_after_how_long_without_a_purchase_a_customer_is_lost() -> None:
    assert plan("sales: {lost_after: 24 months}\n").sales.lost_after == Span(Family.CALENDAR, 0, 24)
    assert [each.clause for each in plan("sales: {lost_after: soon}\n").findings] == ["sales.lost_after"]


def test_sales_say_how_soon_a_purchase_counts_as_won_back() -> None:
    assert plan("sales: {won_back_within: 30 days}\n").sales.won_back_within == Span(Family.CALENDAR, 30)
    assert unsaid.won_back_within(plan("")) == Span(Family.CALENDAR, 90)
    assert [each.clause for each in plan("sales: {won_back_within: soon}\n").findings] == ["sales.won_back_within"]
