"""Computes new moons and the sun's longitude from the positions of sun and moon; knows no calendar.

Source: J. Meeus, Astronomical Algorithms, chapters 25 (sun) and 49 (phases of the moon); the difference between
dynamical and universal time by the polynomials of Espenak and Meeus. From 1961 to 2200 new moons are good to about
a minute, the sun's longitude to five minutes of its way.
"""

from __future__ import annotations

from math import cos, radians, sin

MEAN_MONTH = 29.530588861
FIRST_NEW_MOON = 2451550.09766  # Julian day of lunation 0, 6 January 2000
_J2000 = 2451545.0
_CENTURY = 36525.0

# Each: amplitude in days, power of the earth's eccentricity, factors of sun's anomaly, moon's anomaly, argument of
# latitude, ascending node.
_NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1), (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)  # fmt: skip
# Each: amplitude in days, degrees at lunation 0, degrees a lunation. What the planets do.
_PLANETS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip


def new_moon(lunation: int) -> float:
    """Return the instant of a new moon as a Julian day in universal time, from 1961 on.

    lunation: 0 is 6 January 2000."""
    k, t = lunation, lunation / 1236.85
    mean = FIRST_NEW_MOON + MEAN_MONTH * k + 0.00015437 * t**2 - 0.000000150 * t**3
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t**2
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3
    latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t**2
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2
    periodic = sum(
        size * eccentricity**power * sin(radians(s * sun + m * moon + f * latitude + n * node))
        for size, power, s, m, f, n in _NEW_MOON_TERMS
    )
    planets = sum(size * sin(radians(start + step * k)) for size, start, step in _PLANETS)
    planets -= 0.000325 * sin(radians(0.009173 * t**2))
    dynamical = mean + periodic + planets
    return dynamical - delta_t(dynamical)


def sun_longitude(julian: float) -> float:
    """Return the sun's apparent longitude in degrees, 0 <= it < 360.

    julian: a Julian day in universal time, from 1961 on."""
    t = (julian + delta_t(julian) - _J2000) / _CENTURY
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    # Venus, Jupiter, the moon and Mars, each a few thousandths of a degree; then aberration and nutation.
    pulls = (
        0.00134 * cos(radians(22518.7541 * t + 351.98))
        + 0.00154 * cos(radians(45037.5082 * t + 254.08))
        + 0.00200 * cos(radians(32964.3577 * t + 157.05))
        + 0.00179 * sin(radians(445267.1142 * t + 297.85))
        + 0.00178 * sin(radians(20.20 * t + 251.39))
    )
    apparent = -0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))
    return (mean + centre + pulls + apparent) % 360


def delta_t(julian: float) -> float:
    """Return dynamical less universal time, in days.

    julian: a Julian day, from 1961 on."""
    year = 2000 + (julian - _J2000) / 365.25
    t = year - 2000
    if year < 1986:
        u = year - 1975
        seconds = 45.45 + 1.067 * u - u**2 / 260 - u**3 / 718
    elif year < 2005:
        seconds = 63.86 + 0.3345 * t - 0.060374 * t**2 + 0.0017275 * t**3 + 0.000651814 * t**4 + 0.00002373599 * t**5
    elif year < 2050:
        seconds = 62.92 + 0.32217 * t + 0.005589 * t**2
    else:
        u = (year - 1820) / 100
        seconds = -20 + 32 * u**2 - 0.5628 * (2150 - min(year, 2150))
    return seconds / 86_400
