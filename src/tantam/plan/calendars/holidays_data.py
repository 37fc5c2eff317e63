"""The dates of a country's or region's holidays, from the `holidays` library; imported late, for it is slow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import lru_cache


def holiday_dates(codes: tuple[str, ...], years: Iterable[int]) -> dict[int, frozenset[date]]:
    """Return {year: the dates on which any of `codes` has a public holiday}.

    codes: as `region_fault` passes them. Years that the library does not know have none.
    """
    return {year: frozenset[date]().union(*(_dates(code, year) for code in codes)) for year in years}


def region_fault(code: str) -> str:
    """Return "" if `code` names a country or COUNTRY-REGION with known holidays, else what would be allowed."""
    import holidays

    country, _, region = code.partition("-")
    try:
        holidays.country_holidays(country, subdiv=region or None)
    except NotImplementedError:
        known = holidays.list_supported_countries()
    else:
        return ""
    if country not in known:
        near = get_close_matches(country, known, n=3, cutoff=0.3)
        return ", ".join(near or ["VN", "DE", "DE-BE", "US"])
    return ", ".join([country, *(f"{country}-{each}" for each in known[country])])


def last_year_of(code: str) -> int:
    """Return the last year whose holidays are known for `code`, one that `region_fault` passes."""
    import holidays

    country, _, region = code.partition("-")
    return int(holidays.country_holidays(country, subdiv=region or None).end_year)


@lru_cache(maxsize=512)
def holiday_names(code: str, year: int, lang: str) -> dict[date, str]:
    """Return {date: its holiday's name in `lang`}, or in the country's own language where the names have no other."""
    import holidays

    country, _, region = code.partition("-")
    known = holidays.country_holidays(country, subdiv=region or None)
    spoken = {each.partition("_")[0]: each for each in known.supported_languages}
    # Said outright, for else the library takes the language of the machine.
    wanted = spoken.get(lang) or spoken.get("en") or known.default_language
    found = holidays.country_holidays(country, subdiv=region or None, years=year, language=wanted)
    return {day: found[day] for day in found}


@lru_cache(maxsize=512)
def _dates(code: str, year: int) -> frozenset[date]:
    import holidays

    country, _, region = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
