"""Draws a flow as SVG for a phone: one step below the other, each with its lane's name and colour, ways at the side."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tantam.plan.publish.flow import SIGNS, Flow, Kind, Step, Way
from tantam.plan.publish.lettering import LINE, SIZE, lettered, lines
from tantam.plan.words import say

BREADTH = 340.0
PAD, STRIPE, GAP, TRACK, ROUND = 10.0, 5.0, 26.0, 11.0, 6.0
COLOURS = 6


@dataclass(frozen=True, slots=True)
class Exit:
    """A way that leaves a box at its side. at: its height from the top of the box, up to the middle of its words."""

    way: Way
    said: tuple[str, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Card:
    """A step as a card. said: its lines with their class. onward: whether it simply goes on with the card below."""

    step: Step
    said: tuple[tuple[str, str], ...]
    exits: tuple[Exit, ...]
    onward: bool
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Rail:
    """All cards, how broad they are, and on which track at the side each step that is gone to is reached."""

    flow: Flow
    cards: dict[str, Card]
    broad: float
    tracks: dict[str, int]

    @property
    def height(self) -> float:
        """How high the picture is."""
        last = list(self.cards.values())[-1]
        return last.top + last.height + PAD

    def track(self, target: str) -> float:
        """Return where the track of a step runs."""
        return self.broad + 14.0 + self.tracks[target] * TRACK


def rail(flow: Flow, lang: str) -> Rail:
    """Return the flow as cards. It has at least one step. The more ways at the side, the narrower the cards."""
    spans = _spans(flow)
    tracks = _packed(spans)
    broad = BREADTH - (max(tracks.values(), default=-1) + 1) * TRACK - (20.0 if tracks else 4.0)
    cards: dict[str, Card] = {}
    top = 4.0
    for number, step in enumerate(flow.steps, 1):
        card = _card(flow, step, lang, (number, broad, top))
        cards[step.name] = card
        top += card.height + GAP
    return Rail(flow, cards, broad, tracks)


def _is_onward(flow: Flow, step: Step, way: Way) -> bool:
    plain = not way.when and not way.late and step.kind is not Kind.PARALLEL
    return plain and flow.position(way.to) == flow.position(step.name) + 1


def _spans(flow: Flow) -> dict[str, tuple[int, int]]:
    """Return {step: from which to which card ways to it run}, of those that ways at the side lead to."""
    found: dict[str, tuple[int, int]] = {}
    for step in flow.steps:
        for way in step.ways:
            if way.to and not _is_onward(flow, step, way):
                here, there = flow.position(step.name), flow.position(way.to)
                low, high = found.get(way.to, (here, there))
                found[way.to] = min(low, here, there), max(high, here, there)
    return found


def _packed(spans: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Return a track for each target: short ways inside, none on another's."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for name, (low, high) in sorted(spans.items(), key=lambda each: each[1][1] - each[1][0]):
        track = next((n for n, used in enumerate(taken) if all(high < a or b < low for a, b in used)), len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        found[name] = track
    return found


def _card(flow: Flow, step: Step, lang: str, placed: tuple[int, float, float]) -> Card:
    number, broad, top = placed
    room = broad - STRIPE - 2 * PAD
    said = [(line, "who") for line in lines(f"{number} · {flow.lanes[step.lane]}", room / 1.06)]
    said += [(line, "") for line in lines(step.does, room)]
    said += [(line, "quiet") for each in step.times for line in lines(each, room)]
    at = PAD + len(said) * LINE
    exits, onward = [], False
    for way in step.ways:
        if _is_onward(flow, step, way):
            onward = True
            continue
        words = lines(_words(flow, step, way, lang), room - 8)
        at += 5.0
        exits.append(Exit(way, words, at + len(words) * LINE / 2))
        at += len(words) * LINE
    return Card(step, tuple(said), tuple(exits), onward, top, at + PAD - 2)


def _words(flow: Flow, step: Step, way: Way, lang: str) -> str:
    number = flow.position(way.to)
    if way.late:
        return say("publish_step_late", lang, number=number)
    if not way.to:
        return say("publish_step_ends_if", lang, when=way.when)
    if way.meets and step.kind is not Kind.PARALLEL:
        return say("publish_step_meets", lang, number=number)
    if way.when:
        return f"{way.when} → {number}"
    return say("publish_step_all_one" if step.kind is Kind.PARALLEL else "publish_step_then", lang, number=number)


def rail_diagram(flow: Flow, lang: str, described: str = "", *, named_by: str = "") -> str:
    """Return the cards as one <svg>. described: what it shows, in a sentence; or named_by: the id of what says so."""
    drawn = rail(flow, lang)
    key = escape(f"d-{flow.name}-{lang}-rail")
    size = f'viewBox="0 0 {BREADTH:g} {drawn.height:g}" width="{BREADTH:g}" height="{drawn.height:g}"'
    arrow = (
        f'<marker id="{key}-a" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" '
        'markerHeight="9" orient="auto"><path class="head" d="M0 .8L7.5 4 0 7.2z"/></marker>'
    )
    kind = f'class="flow-dia flow-rail{flow.walked}"'
    named = escape(named_by) or key
    parts = [
        f'<svg {kind} xmlns="http://www.w3.org/2000/svg" lang="{lang}" role="img" {size} aria-labelledby="{named}">',
        "" if named_by else f'<title id="{key}">{escape(described)}</title>',
        f"<defs>{arrow}</defs>",
        f'<g marker-end="url(#{key}-a)">',
        *(_ways(drawn, card) for card in drawn.cards.values()),
        "</g>",
        *(_ends(drawn, card) for card in drawn.cards.values()),
        *(_drawn(drawn, card) for card in drawn.cards.values()),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _drawn(drawn: Rail, card: Card) -> str:
    ends = not card.step.ways
    lane = list(drawn.flow.lanes).index(card.step.lane) % COLOURS
    kind = "task end" if ends else "task gate" if card.step.kind is Kind.CHOICE else "task"
    place = f'x="1" y="{card.top:g}" width="{drawn.broad - 1:g}" height="{card.height:g}"'
    stripe = f'<rect class="rail{lane}" x="1" y="{card.top:g}" width="{STRIPE:g}" height="{card.height:g}" rx="2"/>'
    first = card.top + PAD + SIZE * 0.86
    left = STRIPE + PAD
    texts = "".join(lettered(kind, left, first + n * LINE, line) for n, (line, kind) in enumerate(card.said))
    for each in card.exits:
        start = card.top + each.at - (len(each.said) - 1) * LINE / 2 + SIZE * 0.36
        texts += "".join(lettered("when", left, start + n * LINE, line) for n, line in enumerate(each.said))
    card_drawn = f'<rect class="{kind}" {place} rx="{12 if ends else 6}"/>{stripe}{texts}'
    at = drawn.flow.at(card.step.name)
    if at is None:
        return card_drawn
    x, y = drawn.broad - 14, card.top + 14
    badge = f'<circle class="seal" cx="{x:g}" cy="{y:g}" r="7.5"/>{lettered("sign m", x, y + 4, SIGNS[at])}'
    return f'<g class="at-{at}">{card_drawn}{badge}</g>'


def _ways(drawn: Rail, card: Card) -> str:
    said = []
    if card.onward:
        x = drawn.broad / 2
        onward = drawn.flow.went(card.step.name, _next_card(drawn, card))
        path = f"M{x:g} {card.top + card.height:g}v{GAP - 1:g}"
        said.append(f'<path class="arr{onward}" d="{path}"/>')
    for each in card.exits:
        y = card.top + each.at
        if not each.way.to:
            continue
        target = drawn.cards[each.way.to]
        x, to = drawn.track(each.way.to), target.top + 15.0
        r = min(ROUND, abs(to - y) / 2)
        turn = r if to > y else -r
        path = f"M{drawn.broad:g} {y:g}H{x - r:g}Q{x:g} {y:g} {x:g} {y + turn:g}V{to - turn:g}"
        path += f"Q{x:g} {to:g} {x - r:g} {to:g}H{drawn.broad + 1:g}"
        kind = ("arr late" if each.way.late else "arr") + drawn.flow.went(card.step.name, each.way.to)
        said.append(f'<path class="{kind}" d="{path}"/>')
    return "".join(said)


def _ends(drawn: Rail, card: Card) -> str:
    """Return a dot for each way that ends the procedure."""
    ending = [each for each in card.exits if not each.way.to]
    x = drawn.broad + 5
    return "".join(f'<circle class="full" cx="{x:g}" cy="{card.top + each.at:g}" r="4"/>' for each in ending)


def _next_card(drawn: Rail, card: Card) -> str:
    names = list(drawn.cards)
    return names[names.index(card.step.name) + 1]
