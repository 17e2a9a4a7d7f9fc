"""Numbers on an axis: which interval to show, and where the eye wants its marks."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

_LARGEST = 1e300
"""Beyond this a difference of two floats may overflow; nobody can read such an axis anyway."""
_SMALLEST = 1e-290
"""Below this a share of a number may be the number itself, or nothing."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_PLAIN_FROM = 1e-4
_PLAIN_TO = 1e5
_THREE_DIGITS = 100
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Tick(msgspec.Struct, frozen=True):
    """One mark of an axis: where in the picture, and what it says."""

    at: float
    label: str


class Scale(msgspec.Struct, frozen=True):
    """A linear map from numbers in [low, high] to places in [start, end]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a number in the picture."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, count: int = 5) -> tuple[Tick, ...]:
        """Marks at round numbers, about as many as asked for."""
        step = _nice_step((self.high - self.low) / count)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(
            Tick(at=self(index * step), label=number_text(index * step, step))
            for index in range(first, last + 1)
        )


def spanning(values: Iterable[float], start: float, end: float, margin: float = 0.04) -> Scale:
    """A scale that shows all the values, with a little air around them.

    Args:
        values: Finite or not; what is not finite is left out. None at all gives [0, 1].
        start: The place of the smallest.
        end: The place of the largest.
        margin: The air on either side, as a share of the interval.
    """
    finite = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = bounded(min(finite)), bounded(max(finite))
    span = high - low
    # Floats this close together have no round numbers between them.
    if span <= 1e-9 * max(abs(low), abs(high)):
        span = max(abs(low), abs(high)) or 1.0
        low, high = low - span / 2, high + span / 2
    return Scale(low - margin * span, high + margin * span, start, end)


def bounded(value: float) -> float:
    """The value, or the nearest that can still be drawn."""
    return 0.0 if abs(value) < _SMALLEST else min(max(value, -_LARGEST), _LARGEST)


def number_text(value: float, step: float) -> str:
    """A number as an axis shows it, with just the decimals that the step needs."""
    if abs(value) < step / 1000:
        return "0"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    size = abs(value)
    if step >= _PLAIN_FROM and size < _PLAIN_TO:
        decimals = next(
            (n for n in range(6) if abs(round(step, n) - step) < step * 1e-6),
            6,
        )
        return f"{sign}{size:.{decimals}f}"
    return sign + _power_text(size)


def short_text(value: float) -> str:
    """A number in running text, with three digits that matter."""
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    size = abs(value)
    if size and not _PLAIN_FROM <= size < _PLAIN_TO:
        return sign + _power_text(size)
    return sign + (f"{size:.3g}" if size < _THREE_DIGITS else f"{size:.0f}")


def _power_text(size: float) -> str:
    mantissa, exponent = f"{size:.2e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    power = "10" + str(int(exponent)).translate(_SUPERSCRIPT)
    return power if mantissa == "1" else f"{mantissa}·{power}"


def _nice_step(raw: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(raw))
    # The air around the values must not push the step to the next size.
    return next(each * magnitude for each in _STEPS if each * magnitude >= raw * 0.9)
