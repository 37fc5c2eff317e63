"""German: how a time is named, and which sentences commit us."""

from __future__ import annotations

import re

from tantam.plan.vows.pieces import After, Day, Half, Hour, Piece, a_date, an_hour, number, one_of, rule

NUMBERS = dict(
    zip(
        ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
        range(1, 13),
        strict=True,
    )
) | {"ein": 1, "zwo": 2}
_MANY = NUMBERS | {
    "eine": 1, "einer": 1, "einem": 1, "einen": 1, "zwanzig": 20, "dreißig": 30, "vierzehn": 14, "fünfzehn": 15
}  # fmt: skip
_WEEKDAYS = dict(
    zip(("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"), range(7), strict=True)
) | {"sonnabend": 5}
_MONTHS = dict(
    zip(
        (
            "januar",
            "februar",
            "märz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
        ),
        range(1, 13),
        strict=True,
    )
) | {
    "jan": 1,
    "feb": 2,
    "mär": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "dez": 12,
}
_HALVES = {
    "früh": Half.MORNING,
    "morgen": Half.MORNING,
    "vormittag": Half.MORNING,
    "vormittags": Half.MORNING,
    "mittag": Half.NOON,
    "mittags": Half.NOON,
    "nachmittag": Half.AFTERNOON,
    "nachmittags": Half.AFTERNOON,
    "abend": Half.EVENING,
    "abends": Half.EVENING,
}
_LATER = {name: half for name, half in _HALVES.items() if name != "morgen"}
_N, _M, _W, _MO, _H = (one_of(each) for each in (NUMBERS, _MANY, _WEEKDAYS, _MONTHS, _LATER))
_QUARTERS = {"viertel nach": (0, 15), "viertel vor": (-1, 45), "halb": (-1, 30), "dreiviertel": (-1, 45)}


def _written(m: re.Match[str]) -> Piece | None:
    return an_hour(int(m["h"]), int(m["m"] or 0), sure=m["h"].startswith("0"))


def _worded(m: re.Match[str]) -> Piece | None:
    return an_hour(number(m["h"], NUMBERS))


def _quarter(m: re.Match[str]) -> Piece | None:
    less, minute = _QUARTERS[" ".join(m["q"].lower().split())]
    return an_hour((number(m["h"], NUMBERS) + less - 1) % 12 + 1, minute)


def _between(m: re.Match[str]) -> Piece | None:
    first, second = number(m["h"], NUMBERS), number(m["h2"], NUMBERS)
    if first > 23 or second > 23:
        return None
    return Hour(first, int(m["m"] or 0), first > 12, until=(second, int(m["m2"] or 0)))


def _weekday(m: re.Match[str]) -> Piece | tuple[Piece, ...]:
    coming = (m["next"] or "").lower()
    day = Day(weekday=_WEEKDAYS[m["day"].lower()], weeks=1 if coming.startswith("nächste") else None)
    return (day, _HALVES[m["half"].lower()]) if m["half"] else day


def _span(m: re.Match[str]) -> Piece | None:
    many, unit = number(m["n"], _MANY), m["unit"].lower()
    if unit.startswith("min"):
        return After(minutes=many)
    if unit.startswith("st"):
        return After(minutes=60 * many)
    if unit.startswith("woche"):
        return After(days=7 * many)
    return After(days=many, working=unit.startswith(("arbeit", "werk")))


TIMES = (
    rule(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", lambda m: a_date(m[3], m[2], m[1])),
    rule(rf"\b(\d{{1,2}})\. ?({_MO})\b\.?(?: (\d{{4}}))?", lambda m: a_date(m[1], str(_MONTHS[m[2].lower()]), m[3])),
    rule(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}\b)?(?! ?Uhr)", lambda m: a_date(m[1], m[2], m[3])),
    rule(
        rf"\bzwischen (?P<h>\d{{1,2}}|{_N})(?:[:.](?P<m>\d\d))?(?: Uhr)? und (?P<h2>\d{{1,2}}"
        rf"|{_N})(?:[:.](?P<m2>\d\d))?(?: Uhr)?\b",
        _between,
    ),
    rule(
        r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?(?: Uhr)?\s*(?:-|–|bis)\s*(?P<h2>\d{1,2})(?:[:.](?P<m2>\d\d))? Uhr\b",
        _between,
    ),
    rule(
        r"\b(?:in|innerhalb|binnen)(?: von)?(?: der nächsten| einer) (?:halben Stunde)\b", lambda m: After(minutes=30)
    ),
    rule(r"\b(?:in|innerhalb|binnen) (?:der nächsten|einer) Stunde\b", lambda m: After(minutes=60)),
    rule(
        rf"\b(?:in|innerhalb|binnen)(?: von)?(?: den| der)?(?: nächsten)? (?P<n>\d{{1,3}}|{_M}"
        rf") (?P<unit>Minuten?|Min|Stunden?|Std|h|Tage?n?|Arbeitstage?n?|Arbeitstags?|Werktage?n?"
        rf"|Wochen?)\b",
        _span,
    ),
    rule(rf"\b(?P<q>viertel nach|viertel vor|halb|dreiviertel) (?P<h>{_N}|\d{{1,2}})\b", _quarter),
    rule(r"\b(?P<h>\d{1,2}):(?P<m>\d\d)(?: Uhr)?\b", _written),
    rule(r"\b(?P<h>\d{1,2})\.(?P<m>\d\d) Uhr\b", _written),
    rule(r"\b(?P<h>\d{1,2}) Uhr(?: (?P<m>\d\d))?\b", _written),
    rule(rf"\b(?P<h>{_N}) Uhr\b", _worded),
    rule(rf"\b(?:um|gegen|bis|ab|vor) (?P<h>{_N})\b(?! (?:Tage|Stunden|Minuten|Wochen))", _worded),
    rule(rf"\bübermorgen(?: ({_H}))?\b", lambda m: (Day(days=2), *([_HALVES[m[1].lower()]] if m[1] else []))),
    rule(
        rf"\bmorgen(?: ({_H}))?\b(?<!heute morgen)(?<!guten morgen)(?<!jeden morgen)",
        lambda m: (Day(days=1), *([_HALVES[m[1].lower()]] if m[1] else [])),
    ),
    rule(rf"\bheute(?: ({one_of(_HALVES)}))?\b", lambda m: (Day(days=0), *([_HALVES[m[1].lower()]] if m[1] else []))),
    rule(
        rf"\b(?:(?P<next>nächste[rn]?|kommende[rn]?|diesen) )?(?P<day>{_W})(?: ?(?P<half>{_H}))?(?!s?-)\b",
        _weekday,
    ),
    rule(rf"\b(?P<day>{_W})(?P<half>vormittag|nachmittag|abend|mittag)(?P<next>)\b", _weekday),
    rule(
        r"\b(?:bis )?(?:Ende )?(?:der )?nächste[rn]? Woche\b|\bkommende[rn]? Woche\b",
        lambda m: Day(last="week", weeks=1),
    ),
    rule(r"\b(?:noch )?diese[r]? Woche\b|\bEnde der Woche\b|\bbis Wochenende\b", lambda m: Day(last="week")),
    rule(r"\bam Wochenende\b", lambda m: Day(last="weekend")),
    rule(r"\b(?:Monatsende|Ende des Monats|Ende (?:dieses )?Monats?)\b", lambda m: Day(last="month")),
    rule(rf"\b(?:am |gegen |bis )?({_H})\b", lambda m: _HALVES[m[1].lower()]),
)

_DO = (
    "rufe|melde|schicke|sende|gebe|liefere|komme|prüfe|kläre|erledige|kümmere|antworte|sage|teile|überweise|erstatte|"
    "tausche|bringe|hole|schaue|informiere|bestelle|repariere|nenne|reiche|besuche|schreibe|werde|verspreche|"
    "benachrichtige|buche|ersetze|stelle|mache|setze|übernehme|bespreche|lege|vereinbare|kontaktiere|bearbeite"
)
_WE = (
    "rufen|melden|schicken|senden|geben|liefern|kommen|prüfen|klären|erledigen|kümmern|antworten"
    "|sagen|teilen|überweisen|erstatten|tauschen|bringen|holen|schauen|informieren|bestellen"
    "|reparieren|nennen|reichen|besuchen|schreiben|werden|versprechen|benachrichtigen|buchen"
    "|ersetzen|stellen|machen|setzen|übernehmen|besprechen|legen|vereinbaren|kontaktieren"
    "|bearbeiten"
)
_IT = (
    "ruft|meldet|schickt|sendet|liefert|kommt|prüft|holt|bringt|besucht|repariert|wird|tauscht"
    "|schreibt|antwortet|erledigt|klärt"
)
_ONE = (
    r"(?:(?:mein|unser|ein|der) (?:Kollege|Techniker|Monteur|Fahrer|Kundendienst|Team)|(?:meine"
    r"|unsere|eine|die) (?:Kollegin|Technikerin|Werkstatt|Buchhaltung))"
)
COMMITS = re.compile(
    rf"\bich (?:{_DO})\b|\b(?:{_DO}) ich\b|\bwir (?:{_WE})\b|\b(?:{_WE}) wir\b"
    rf"|\b{_ONE} (?:{_IT})\b|\b(?:{_IT}) (?:Sie |sich |Ihnen )?{_ONE}\b"
    r"|\bSie (?:hören|bekommen|erhalten|haben)\b.* von (?:mir|uns)\b|\b(?:haben|hören|bekommen"
    r"|erhalten) Sie\b.* von (?:mir|uns)\b|\bSie hören von (?:mir|uns)\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:nicht|nie|niemals|kein|keine|keinen|keinem|leider|würden?|könnten?|versuche|vermutlich"
    r"|wahrscheinlich|vielleicht|hoffentlich|geschlossen|geöffnet|gestern|neulich|kürzlich"
    r"|benötigen|brauchen)\b",
    re.IGNORECASE,
)
DEPENDS = re.compile(
    r"^\W*(?:und |aber |nur )?(?:wenn|falls|sofern|sobald|sollte|sollten|nachdem|solange|erst wenn)\b", re.IGNORECASE
)
POLITE = re.compile(
    r"^\W*sobald (?:es )?(?:möglich|geht)\b|^\W*(?:wenn|falls|sofern) (?:es |das "
    r"|Sie )?(?:Ihnen )?(?:recht|passt|einverstanden|möchten|mögen|so|nichts dagegen)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\W*(?:der|die|das|den|dem|deren|dessen|weil|dass|damit|ob|wann|wie|was|warum|da|denn"
    r"|nachdem|wo|welche[rsn]?|seit)\b|\b(?:wenn|falls|sobald|sofern)\b",
    re.IGNORECASE,
)
CALLS = re.compile(
    r"\b(?:rufe?n?|ruft|anrufen|zurückrufen|anruf|telefoni\w+|(?:am|per|übers) Telefon)\b", re.IGNORECASE
)
VISITS = re.compile(r"\b(?:komme?n?|kommt|vorbei\w*|besuch\w*|vor Ort)\b", re.IGNORECASE)
MEETS = re.compile(r"\bTermin\w*\b|\btreffen\b", re.IGNORECASE)
