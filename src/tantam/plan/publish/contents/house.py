"""The rules of the house: which commitment goes first, what is kept of customers, what things cost, product lines."""

from __future__ import annotations

from tantam.plan.publish.contents import naming
from tantam.plan.publish.paper import Audience, Cell, Clause, Column, Grid, Head, Item, Line, Note, Part, Points, Prose
from tantam.plan.publish.speech import Speech, spaced
from tantam.plan.run import unsaid
from tantam.plan.spoken import spoken


def precedence(speech: Speech, _: Audience) -> Part:
    """Which commitment goes before which."""
    order = speech.plan.precedence
    items = tuple(
        Item(speech.known(f"precedence_{each}") or speech.label(each), str(number), f"precedence.{each}")
        for number, each in enumerate(order, 1)
    )
    blocks = (Note(speech.say("precedence_how")), Points(items))
    clauses = (Clause("precedence", speech.say("precedence"), blocks),) if items else ()
    return Part("precedence", speech.say("part_precedence"), clauses)


def privacy(speech: Speech, _: Audience) -> Part:
    """What is kept about customers, how long, and what then becomes of it."""
    found = [each for each in speech.plan.privacy.values() if each.answer is None]
    laws = any(each.law for each in found)
    heads = [Head(speech.say("head_kept")), Head(speech.say("head_how_long"), Column.RESULT)]
    heads += [Head(speech.say("head_then"))] + ([Head(speech.say("head_law"))] if laws else [])
    lines = []
    for each in found:
        kept = spoken(each.keep, speech.lang) if each.keep is not None else speech.say("kept_for_good")
        then = speech.known(f"then_{each.then}") or speech.label(each.then) if each.then else ""
        cells = [Cell(naming.text(speech, each.what) or spaced(each.name)), Cell(kept)]
        cells.append(Cell(then or "–", open=not then))
        cells += [Cell(each.law or "–", open=not each.law)] if laws else []
        lines.append(Line(f"privacy.{each.name}", tuple(cells)))
    blocks = (*((Grid(tuple(heads), tuple(lines)),) if lines else ()), *_requests(speech))
    clauses = (Clause("privacy", speech.say("privacy"), blocks),) if blocks else ()
    return Part("privacy", speech.say("part_privacy"), clauses)


def _requests(speech: Speech) -> tuple[Prose | Grid, ...]:
    """By when what somebody asks about their own data is answered, and how we know that it is them."""
    found = [each for each in speech.plan.privacy.values() if each.answer is not None]
    names = ("asked", "answered_within", "longer_with_notice", "proof", "law")
    heads = tuple(Head(speech.say(f"head_{name}")) for name in names)
    lines = []
    for each in found:
        answer, extend = (spoken(span, speech.lang) if span else "–" for span in (each.answer, each.extend))
        asked = naming.text(speech, each.what) or speech.known(f"asked_{each.name}") or spaced(each.name)
        proof = speech.say(f"proof_{each.proof or unsaid.PROOF}")
        cells = (Cell(asked), Cell(answer), Cell(extend), Cell(proof), Cell(each.law or "–", open=not each.law))
        lines.append(Line(f"privacy.{each.name}", cells))
    return (Prose(speech.say("requests")), Grid(heads, tuple(lines))) if lines else ()


def sales(speech: Speech, audience: Audience) -> Part:
    """How long quotes are valid; for staff, why people do not buy, and when a customer is lost."""
    said, items = speech.plan.sales, []
    if said.quotes_valid is not None or said.lost_because:
        valid = spoken(unsaid.quotes_valid(speech.plan), speech.lang)
        items.append(Item(valid, speech.say("head_quotes_valid"), "sales.quotes_valid"))
    if said.lost_because and audience is Audience.STAFF:
        reasons = ", ".join(speech.pick(label, spaced(name)) for name, label in said.lost_because.items())
        items.append(Item(reasons, speech.say("head_lost_because"), "sales.lost_because"))
    if said.lost_after is not None and audience is Audience.STAFF:
        items.append(Item(spoken(said.lost_after, speech.lang), speech.say("head_lost_after"), "sales.lost_after"))
    if said.won_back_within is not None and audience is Audience.STAFF:
        within = spoken(said.won_back_within, speech.lang)
        items.append(Item(within, speech.say("head_won_back_within"), "sales.won_back_within"))
    clauses = (Clause("sales", speech.say("sales"), (Points(tuple(items)),)),) if items else ()
    return Part("sales", speech.say("part_sales"), clauses)


def costs(speech: Speech, _: Audience) -> Part:
    """What things cost the company."""
    heads = tuple(Head(speech.say(f"head_{name}")) for name in ("cost", "amount", "per"))
    lines = []
    for each in speech.plan.costs.values():
        amount = spoken(each.amount, speech.lang) or "–"
        label = speech.pick(each.label, spaced(each.name))
        cells = (Cell(label), Cell(amount), Cell(naming.per(speech, each.per) if each.per else "–", open=not each.per))
        lines.append(Line(f"costs.{each.name}", cells))
    clauses = (Clause("costs", speech.say("costs"), (Grid(heads, tuple(lines)),)),) if lines else ()
    return Part("costs", speech.say("part_costs"), clauses)


def products(speech: Speech, _: Audience) -> Part:
    """Product lines and what each is judged by."""
    heads = tuple(Head(speech.say(f"head_{name}")) for name in ("product", "measures", "aim"))
    lines = []
    for each in speech.plan.products.values():
        judged = naming.measures(speech, each.measures)
        aims = "; ".join(naming.goal(speech, name) for name in each.goals)
        label = Cell(speech.pick(each.label, spaced(each.name)))
        lines.append(
            Line(
                f"products.{each.name}", (label, Cell(judged or "–", open=not judged), Cell(aims or "–", open=not aims))
            )
        )
    clauses = (Clause("products", speech.say("products"), (Grid(heads, tuple(lines)),)),) if lines else ()
    return Part("products", speech.say("part_products"), clauses)
