"""How a customer is greeted and called, by language: by the form of address they chose, never by a guess."""

from __future__ import annotations

from tantam.desk.customers.models import Customer
from tantam.folding import folded

ADDRESSES = ("anh", "chi", "ong", "ba", "quy_khach", "herr", "frau", "neutral")  # "" is unknown

_VIETNAMESE = {"anh": "anh", "chi": "chị", "ong": "ông", "ba": "bà"}
_HONOURED = "quý khách"
EVERYBODY = "anh/chị"  # how Vietnamese calls somebody whose word nobody has told
_GERMAN = {"herr": ("Sehr geehrter", "Herr"), "frau": ("Sehr geehrte", "Frau")}
_ENGLISH = {"herr": "Mr", "frau": "Ms"}
_TITLES = ("Dr.", "Prof.", "Dr", "Prof")
_PARTICLES = ("von", "van", "zu", "zur", "zum", "der", "den", "de", "di", "del", "la", "ter", "ten")
_FAMILY_NAMES = """
nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh trinh doan luong dao mai lam truong cao ha
phung quach thai ta chau tong luu kieu khuc tang vuong thach la chu bach nghiem to diep
"""
_SURNAMES = frozenset(_FAMILY_NAMES.split())
_NO_NAME = ("@", "://", "www.")
CLOSINGS = {"vi": "Trân trọng,", "de": "Mit freundlichen Grüßen", "en": "Kind regards,"}


def called(customer: Customer, lang: str) -> str:
    """Return how we call them inside a sentence: "chị Hoa", "anh/chị Nam", "Frau Weber", "Kim Weber"; "" if unnamed."""
    name = name_of(customer)
    match lang:
        case "vi":
            return _vietnamese(customer, name, given_name(name, customer.language))
        case "de" if customer.address in _GERMAN and name:
            return f"{_GERMAN[customer.address][1]} {_titled_family_name(name)}"
        case "en" if customer.address in _ENGLISH and name:
            return f"{_ENGLISH[customer.address]} {family_name(name)}"
    return name


def word_of(customer: Customer, lang: str) -> str:
    """Return the word alone by which they are called: "chị", "Frau", "anh/chị" while nobody has told; else ""."""
    match lang:
        case "vi":
            return _HONOURED if customer.address == "quy_khach" else _VIETNAMESE.get(customer.address, EVERYBODY)
        case "de" if customer.address in _GERMAN:
            return _GERMAN[customer.address][1]
    return ""


def greeting(customer: Customer, lang: str) -> str:
    """Return how a letter opens, with its punctuation: "Kính gửi chị Nguyễn Thị Hoa," or "Sehr geehrte Frau Weber,"."""
    name = name_of(customer)
    match lang:
        case "vi":
            return f"Kính gửi {_vietnamese(customer, name, name)},"
        case "de":
            return _german(customer, name)
        case _:
            return f"Dear {called(customer, lang)}," if name else "Hello,"


def spoken_to(customer: Customer, words: str, lang: str) -> str:
    """Return what the desk wrote for anybody as it is said to them: in Vietnamese by the word they chose.

    words: of the plan and the desk, which say "anh/chị" to everybody; it stays while nobody has told, and to a firm.
    """
    chosen = "quý khách" if customer.address == "quy_khach" else _VIETNAMESE.get(customer.address)
    if lang != "vi" or chosen is None or customer.kind == Customer.Kind.BUSINESS:
        return words
    return words.replace(EVERYBODY, chosen).replace(EVERYBODY.capitalize(), chosen.capitalize())


def closing(lang: str) -> str:
    """Return how a letter closes."""
    return CLOSINGS.get(lang, CLOSINGS["en"])


def given_name(name: str, language: str) -> str:
    """Return the name a person goes by: the last word of a Vietnamese name, the first of a name of another order.

    language: the person's own, which tells the order of a name that does not tell it itself.
    """
    words = name.split()
    if not words:
        return ""
    return words[-1] if _family_first(words) or language == "vi" else words[0]


def family_name(name: str) -> str:
    """Return the family name: the first word of a Vietnamese name, else the last with its particles."""
    words = [each for each in name.split() if each not in _TITLES]
    if not words:
        return name
    if _family_first(words):
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _vietnamese(customer: Customer, name: str, said: str) -> str:
    """Return the pair's word and the name as `said`; a business by its name; "anh/chị" while nobody has told."""
    if customer.address == "quy_khach":
        return _HONOURED
    if customer.kind == Customer.Kind.BUSINESS and name:
        return name
    return f"{_VIETNAMESE.get(customer.address, EVERYBODY)} {said}".strip()


def _german(customer: Customer, name: str) -> str:
    if customer.kind == Customer.Kind.BUSINESS:
        return "Sehr geehrte Damen und Herren,"
    if not name:
        return "Guten Tag,"
    if opening := _GERMAN.get(customer.address):
        return f"{opening[0]} {opening[1]} {_titled_family_name(name)},"
    return f"Guten Tag {name},"


def _titled_family_name(name: str) -> str:
    titles = [each for each in name.split() if each in _TITLES]
    return " ".join([*titles, family_name(name)])


def _family_first(words: list[str]) -> bool:
    """Whether the name opens with a Vietnamese family name, and is longer than one word."""
    return len(words) > 1 and folded(words[0]) in _SURNAMES


def name_of(customer: Customer) -> str:
    """Return the name; "" where all we have is a handle or mail address, or an address of a page given as a name."""
    name = customer.name.strip()
    return "" if customer.is_nameless or any(each in name for each in _NO_NAME) else name
