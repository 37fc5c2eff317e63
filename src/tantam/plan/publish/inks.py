"""The style sheet's colours for paper: its light ones, in the six digits that printers' programs read.

Source of the conversion: Björn Ottosson, A perceptual color space for image processing (2020).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import cos, radians, sin

OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")
PAIR = re.compile(r"light-dark\((oklch\([^)]*\)), oklch\([^)]*\)\)")
NAMED = re.compile(r"--p-(\w+): (light-dark\(oklch\([^)]*\), oklch\([^)]*\)\));")
USED = re.compile(r"var\(--p-(\w+)\)")
FONT = "Libertinus Serif"


def inks(sheet: str) -> Mapping[str, str]:
    """Return the colours that a sheet names, {accent: #0d5f60}: those of its light theme."""
    return {name: _hex(PAIR.sub(r"\1", value)) for name, value in NAMED.findall(sheet)}


def on_paper(sheet: str) -> str:
    """Return the rules of a diagram's sheet with plain colours and one font, for programs that know no variables."""
    known = inks(sheet)
    flat = re.sub(r":root \{.*?\n\}\n", "", sheet, flags=re.DOTALL)
    flat = re.sub(r"/\*.*?\*/|^@media.*?\}\s*\}\s*$", "", flat, flags=re.DOTALL | re.MULTILINE)
    plain = rf"font-family: '{FONT}'; font-weight: \1; font-size: \2"
    flat = re.sub(r"font: (\d+) ([\d.]+px) var\(--p-\w+\)", plain, flat)
    flat = USED.sub(lambda found: known.get(found[1], "#000000"), flat)
    return OKLCH.sub(lambda found: _hex(found[0]), PAIR.sub(r"\1", flat))


def _hex(colour: str) -> str:
    found = OKLCH.fullmatch(colour)
    if found is None:
        return "#000000"
    light, chroma, hue = float(found[1]), float(found[2]), radians(float(found[3]))
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_byte(each):02x}" for each in linear)


def _byte(linear: float) -> int:
    bounded = min(1.0, max(0.0, linear))
    shown = 12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055
    return round(shown * 255)
