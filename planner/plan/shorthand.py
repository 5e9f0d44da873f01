"""The shorthand a person types for a range: `800 to 1500`, `3 / 4 / 9`, `1.2M`.

`a to b` is a 90 % interval (P5 to P95): lognormal where the field cannot be negative and a > 0, otherwise normal.
`a / b / c` is smallest, most likely and largest possible (PERT). Suffixes k, m, b, t in any case (m = million).
The digits are ASCII on purpose: Python's own `float` would also read full-width digits and underscores.
"""

import math
import re
from functools import lru_cache
from typing import Final

from planner.plan.distributions import KINDS, SCORE_P95, Distribution, Lognormal, Normal, Pert
from planner.plan.numbers import number_text
from planner.plan.suggestions import did_you_mean

_NUMBER: Final = r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(?:[ ]?([kKmMbBtT]))?"
_SINGLE: Final = re.compile(rf"[ ]*{_NUMBER}[ ]*")
_INTERVAL: Final = re.compile(rf"[ ]*{_NUMBER}[ ]+to[ ]+{_NUMBER}[ ]*", re.IGNORECASE)
_THREE_POINTS: Final = re.compile(rf"[ ]*{_NUMBER}[ ]*/[ ]*{_NUMBER}[ ]*/[ ]*{_NUMBER}[ ]*")
# The same three forms for JSON Schema, whose dialect of regular expressions knows no flags.
_PLAIN_NUMBER: Final = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_ANY: Final = rf"{_PLAIN_NUMBER}( ?[kKmMbBtT])?"
SCHEMA_PATTERN: Final = rf"^ *({_ANY} +[tT][oO] +{_ANY}|{_ANY} */ *{_ANY} */ *{_ANY}|{_PLAIN_NUMBER} ?[kKmMbBtT]) *$"
_SUFFIXES: Final = {"": 0, "k": 3, "m": 6, "b": 9, "t": 12}
HOW_TO_WRITE: Final = (
    "Write 1200, 1.2k, 800 to 1500 (90 % sure) or 800 / 1200 / 1500 (smallest / most likely / largest)"
)
_LONGEST: Final = 100
# A range of which less than this share lies within the field's bounds was meant for another unit.
LEAST_MASS: Final = 1e-6

Bounds = tuple[float, float]


class QuantityProblem(ValueError):
    """A quantity that cannot be read; `code` for programs, the message continues the sentence "<field> …"."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class SpelledNumber(float):
    """A certain number written with a suffix; behaves as the number and keeps the user's spelling."""

    spelling: str

    def __new__(cls, value: float, spelling: str) -> "SpelledNumber":
        number = super().__new__(cls, value)
        number.spelling = spelling
        return number

    def __reduce__(self) -> tuple[type["SpelledNumber"], tuple[float, str]]:
        return type(self), (float(self), self.spelling)


def read_number(digits: str, suffix: str | None) -> float:
    """The number that digits and a suffix mean: `1.2`, `m` → 1200000.0, exactly as `1.2e6` would be read."""
    mantissa, _, exponent = digits.lower().partition("e")
    value = float(f"{mantissa}e{int(exponent or 0) + _SUFFIXES[(suffix or '').lower()]}")
    if not math.isfinite(value):
        raise QuantityProblem("not_finite", f"is {digits!r}, which is too large to compute with")
    return value


@lru_cache(maxsize=8192)
def read_shorthand(text: str, bounds: Bounds, whole: bool) -> float | Distribution:
    """A shorthand string as a number or distribution of a field with these bounds. Raises QuantityProblem."""
    if len(text) > _LONGEST:
        raise QuantityProblem("shorthand", f"is a text of {len(text)} characters; a number or a range is much shorter")
    if match := _INTERVAL.fullmatch(text):
        return _interval(read_number(*match.group(1, 2)), read_number(*match.group(3, 4)), bounds, whole, text)
    if match := _THREE_POINTS.fullmatch(text):
        low, mode, high = (read_number(*match.group(i, i + 1)) for i in (1, 3, 5))
        return checked(Pert(low, mode, high, bounds=bounds, whole=whole, spelling=text))
    if (match := _SINGLE.fullmatch(text)) and match.group(2):
        return SpelledNumber(read_number(*match.groups()), text)
    if match:
        raise QuantityProblem("number_in_quotes", f"is the text {text!r}; write the number without quotes")
    raise QuantityProblem("shorthand", f"is {text!r}, which is not a number or a range. {HOW_TO_WRITE}")


def read_object(value: dict[object, object], bounds: Bounds, whole: bool) -> Distribution:
    """A distribution object `{"kind": "pert", "low": …}`. Raises QuantityProblem."""
    kind = value.get("kind")
    shape = KINDS.get(kind) if isinstance(kind, str) else None
    if shape is None:
        said = f"has the distribution kind {kind!r}" if "kind" in value else "is an object without a kind"
        raise QuantityProblem("distribution_kind", f"{said}; known kinds are {', '.join(KINDS)}")
    names = shape.parameters()
    for key in value:
        if key != "kind" and key not in names:
            hint = did_you_mean(str(key), names)
            raise QuantityProblem("unknown_field", f"has {key!r}, which {shape.kind} does not know{hint}")
    numbers = [_parameter(value, name, shape.kind) for name in names]
    return checked(shape(*numbers, bounds=bounds, whole=whole))


def checked(distribution: Distribution) -> Distribution:
    """The distribution, or QuantityProblem if its parameters make no sense within its field's bounds."""
    problem = distribution.problem()
    if problem is not None:
        raise QuantityProblem("distribution", f"cannot be this {distribution.kind} range: {problem}")
    if distribution.mass < LEAST_MASS:
        raise QuantityProblem(
            "distribution", f"has a range that lies outside what is allowed, {_span(distribution.bounds)}"
        )
    return distribution


def _interval(low: float, high: float, bounds: Bounds, whole: bool, text: str) -> Distribution:
    if low > high:
        raise QuantityProblem("distribution", f"is {text!r}; write the smaller number first")
    if bounds[0] >= 0 and low > 0:
        return checked(Lognormal(low * math.sqrt(high / low), high, bounds=bounds, whole=whole, spelling=text))
    mean, sd = (low + high) / 2, (high - low) / (2 * SCORE_P95)
    return checked(Normal(mean, sd, bounds=bounds, whole=whole, spelling=text))


def _parameter(value: dict[object, object], name: str, kind: str) -> float:
    if name not in value:
        raise QuantityProblem("missing", f"needs {name} for a {kind} range")
    number = value[name]
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise QuantityProblem("wrong_type", f"has {name} = {number!r}; it must be a number")
    try:
        result = float(number)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise QuantityProblem("not_finite", f"has a {name} that is not a finite number")
    return result


def _span(bounds: Bounds) -> str:
    return f"{number_text(bounds[0])} to {number_text(bounds[1])}"
