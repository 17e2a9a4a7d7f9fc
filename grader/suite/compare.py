"""Two values compared the way a teacher would: what kind of thing first, its numbers last.

The order is type → structure → shape → dtype → device → values, so that the first difference
found is the one worth telling. `torch.allclose` is not enough: it broadcasts, accepts empty
tensors of any shape and says nothing about where.
"""

from __future__ import annotations

import math
from typing import Any, Final

import msgspec
import torch

from grader.suite.describe import summary, type_name
from grader.suite.placement import misplaced
from grader.suite.tolerance import NUMBER, Tolerance, tolerance_of

_FLOAT_BITS: Final = 1000
"""An int longer than this is no float."""


class Difference(msgspec.Struct, frozen=True):
    """The first thing that differs.

    Attributes:
        rule: What was broken, safe for a student to see: no input, no value.
        detail: Where and by how much.
    """

    rule: str
    detail: str = ""


class Comparison(msgspec.Struct, frozen=True):
    """How to compare.

    Attributes:
        tolerance: Overrides the tolerance of every dtype.
        by_value: A number and a tensor without dimensions are told apart by value only.
        place: What is compared, for sentences: "the result".
        is_strict: Make no allowance for the rounding of any device but the CPU.
        is_written: What is expected was written down by an author. Such tensors lie on the CPU,
            and are compared wherever the answer lies.
    """

    tolerance: Tolerance | None = None
    by_value: bool = False
    place: str = "the result"
    is_strict: bool = False
    is_written: bool = False

    def difference(self, expected: Any, got: Any) -> Difference | None:
        """The first difference, or None if `got` will do."""
        if self.by_value:
            expected, got = _bare(expected), _bare(got)
        match expected:
            case torch.Tensor():
                return self._tensor(expected, got)
            case list() | tuple():
                return self._sequence(expected, got)
            case dict():
                return self._dict(expected, got)
            case bool() | None | str() | torch.dtype():
                return self._exact(expected, got)
            case torch.device():
                return self._exact(str(expected), str(got))
            case int():
                return self._int(expected, got)
            case float():
                return self._float(expected, got)
            case _:
                raise TypeError(f"a suite cannot compare values of type {type(expected).__name__}")

    def _at(self, where: str) -> Comparison:
        return msgspec.structs.replace(self, place=f"{where} of {self.place}")

    def _wrong_type(self, expected: Any, got: Any) -> Difference:
        asked, came = _with_article(type_name(expected)), _with_article(type_name(got))
        return Difference(f"{_capital(self.place)} should be {asked}, but is {came}.")

    def _tensor(self, expected: torch.Tensor, got: Any) -> Difference | None:
        if not isinstance(got, torch.Tensor):
            return self._wrong_type(expected, got)
        place = _capital(self.place)
        if expected.shape != got.shape:
            return Difference(
                f"{place} should have shape {list(expected.shape)}, "
                f"but has shape {list(got.shape)}."
            )
        if expected.dtype != got.dtype:
            asked, came = (str(t.dtype).removeprefix("torch.") for t in (expected, got))
            return Difference(f"{place} should be {asked}, but is {came}.")
        if self.is_written and expected.device.type == "cpu":
            expected = expected.to(got.device)
        if expected.device.type != got.device.type:
            return Difference(misplaced(place, expected.device, got.device))
        if expected.is_meta:
            return None  # the device without numbers
        return self._values(expected.detach(), got.detach())

    def _values(self, expected: torch.Tensor, got: torch.Tensor) -> Difference | None:
        if torch.equal(expected, got):
            return None  # as a rule; looking closely takes ten times as long
        wrong = self._wrong(expected, got)
        count = int(wrong.sum())
        if not count:
            return None
        place = _capital(self.place)
        index = tuple(int(i) for i in wrong.nonzero()[0])
        at = f"at {list(index)} " if index else ""
        detail = (
            f"first wrong {at}of {summary(expected)}: expected {_number(expected[index])}, "
            f"got {_number(got[index])}; {count} of {expected.numel()} wrong"
        )
        detail += _largest_error(expected, got)
        if expected.is_floating_point():
            finite = torch.isfinite(expected)
            if bool((~torch.isfinite(got) & finite).any()):
                return Difference(
                    f"{place} holds NaN or infinity where a finite number is right.", detail
                )
        return Difference(f"{place} has the right shape and dtype, but wrong values.", detail)

    def _wrong(self, expected: torch.Tensor, got: torch.Tensor) -> torch.Tensor:
        if not (expected.is_floating_point() or expected.is_complex()):
            return expected != got
        tolerance = self.tolerance or tolerance_of(
            expected.dtype, torch.device("cpu") if self.is_strict else expected.device
        )
        close = torch.isclose(
            got, expected, rtol=tolerance.relative, atol=tolerance.absolute, equal_nan=True
        )
        return ~close

    def _sequence(self, expected: list[Any] | tuple[Any, ...], got: Any) -> Difference | None:
        if not isinstance(got, list | tuple):
            return self._wrong_type(expected, got)
        if len(expected) != len(got):
            return Difference(
                f"{_capital(self.place)} should have {len(expected)} items, but has {len(got)}."
            )
        for position, (asked, came) in enumerate(zip(expected, got, strict=True)):
            found = self._at(f"item {position}").difference(asked, came)
            if found is not None:
                return found
        return None

    def _dict(self, expected: dict[Any, Any], got: Any) -> Difference | None:
        if not isinstance(got, dict):
            return self._wrong_type(expected, got)
        missing = [str(key) for key in expected if key not in got]
        if missing:
            return Difference(f"{_capital(self.place)} lacks the key {', '.join(missing)}.")
        if len(got) > len(expected):
            return Difference(f"{_capital(self.place)} has keys that were not asked for.")
        for key, asked in expected.items():
            found = self._at(f"{key!r}").difference(asked, got[key])
            if found is not None:
                return found
        return None

    def _exact(self, expected: Any, got: Any) -> Difference | None:
        if type(expected) is not type(got):
            return self._wrong_type(expected, got)
        if expected == got:
            return None
        return Difference(f"{_capital(self.place)} is wrong.", f"expected {expected}, got {got}")

    def _int(self, expected: int, got: Any) -> Difference | None:
        if type(got) is not int:
            return self._wrong_type(expected, got)
        return self._exact(expected, got)

    def _float(self, expected: float, got: Any) -> Difference | None:
        if type(got) not in (float, int):
            return self._wrong_type(expected, got)
        if type(got) is int and got.bit_length() > _FLOAT_BITS:
            return Difference(f"{_capital(self.place)} is the wrong number.", "got a huge int")
        if math.isnan(expected) or math.isnan(got):
            is_close = math.isnan(expected) and math.isnan(got)
        else:
            tolerance = self.tolerance or NUMBER
            is_close = expected == got or math.isclose(
                got, expected, rel_tol=tolerance.relative, abs_tol=tolerance.absolute
            )
        if is_close:
            return None
        return Difference(
            f"{_capital(self.place)} is the wrong number.",
            f"expected {expected:.6g}, got {got:.6g}",
        )


def _bare(value: Any) -> Any:
    """A number or 0-d tensor as a float; anything else as it is."""
    if isinstance(value, torch.Tensor) and value.dim() == 0:
        is_real = value.dtype != torch.bool and not value.is_complex()
        return float(value.item()) if is_real else value
    is_float = type(value) is int and value.bit_length() <= _FLOAT_BITS
    return float(value) if is_float else value


def _number(value: torch.Tensor) -> str:
    item = value.item()
    return f"{item:.6g}" if isinstance(item, float) else str(item)


def _largest_error(expected: torch.Tensor, got: torch.Tensor) -> str:
    if expected.dtype == torch.bool:
        return ""
    error = (got.to(torch.complex128) - expected.to(torch.complex128)).abs()
    error = error[torch.isfinite(error)]
    return f"; largest error {float(error.max()):.3g}" if error.numel() else ""


def _with_article(name: str) -> str:
    if name in {"NoneType", "None"}:
        return "None"
    if name.startswith(("an ", "a ")):
        return name
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
