"""A quantity: a number, or a distribution where a person is unsure of it.

In the document it is a JSON number, a shorthand string (`800 to 1500`, `3 / 4 / 9`, `1.2M`) or a distribution object;
after validation a float (a whole one in counting fields) or a `Distribution` that knows its field's bounds.
What the user wrote comes back from `spelled` unchanged.
"""

import math
import sys
from typing import TypeAlias

import numpy as np

from planner.plan.distributions import (
    KINDS,
    Beta,
    Distribution,
    Floats,
    Lognormal,
    Normal,
    Pert,
    QuantileTable,
    Triangular,
    Uniform,
    quantile_table,
)
from planner.plan.numbers import number_text, plain_number
from planner.plan.shorthand import Bounds, QuantityProblem, SpelledNumber, checked, read_object, read_shorthand

Quantity: TypeAlias = float | Distribution


def read_quantity(value: object, bounds: Bounds = (-math.inf, math.inf), whole: bool = False) -> Quantity:
    """A quantity from what a document may hold for a field with these bounds. Raises QuantityProblem.

    `whole` fields count things: certain numbers must be whole, draws are rounded half up.
    """
    if isinstance(value, str):
        read = read_shorthand(value, bounds, whole)
        return read if isinstance(read, Distribution) else _certain(read, bounds, whole)
    if isinstance(value, dict):
        return read_object(value, bounds, whole)
    if isinstance(value, Distribution):
        return checked(_moved(value, bounds, whole))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QuantityProblem("wrong_type", f"is {_json_word(value)}; it takes a number or a range such as 800 to 1500")
    return _certain(value, bounds, whole)


def central(value: Quantity, bounds: Bounds | None = None) -> float:
    """The value of the deterministic case: the number itself, the mode of PERT and triangular, else the median.

    Always within the field's bounds; `bounds` replaces the ones the value carries from its field.
    """
    if not isinstance(value, Distribution):
        return float(value)
    return value.central if bounds is None else _moved(value, bounds, value.whole).central


def lowest(value: Quantity) -> float:
    """The smallest value the quantity can take."""
    return _end(value, 0.0)


def highest(value: Quantity) -> float:
    """The largest value the quantity can take (infinite for an open tail without a bound)."""
    return _end(value, 1.0)


def spelled(value: Quantity) -> float | int | str | dict[str, str | float]:
    """The quantity as the document holds it, in the user's own spelling."""
    if isinstance(value, Distribution):
        return value.document()
    return value.spelling if isinstance(value, SpelledNumber) else plain_number(value)


def _json_word(value: object) -> str:
    words = {True: "true", False: "false", None: "null"}
    return words[value] if value is None or isinstance(value, bool) else f"a {type(value).__name__}"


def _certain(value: float, bounds: Bounds, whole: bool) -> float:
    low, high = bounds
    if not abs(value) <= sys.float_info.max:
        raise QuantityProblem("not_finite", "is not a finite number")
    if not low <= value <= high:
        allowed = f"{number_text(low)} to {number_text(high)}"
        raise QuantityProblem("out_of_range", f"is {number_text(value)}; allowed is {allowed}")
    if whole and value != math.floor(value):
        raise QuantityProblem("not_whole", f"is {number_text(value)}; it counts whole things")
    return value if isinstance(value, SpelledNumber) else float(value)


def _moved(value: Distribution, bounds: Bounds, whole: bool) -> Distribution:
    numbers = (getattr(value, name) for name in value.parameters())
    return type(value)(*numbers, bounds=bounds, whole=whole, spelling=value.spelling)


def _end(value: Quantity, p: float) -> float:
    if not isinstance(value, Distribution):
        return float(value)
    return float(value.quantile(np.array(p)))


__all__ = [
    "KINDS",
    "Beta",
    "Distribution",
    "Floats",
    "Lognormal",
    "Normal",
    "Pert",
    "QuantileTable",
    "Quantity",
    "QuantityProblem",
    "SpelledNumber",
    "Triangular",
    "Uniform",
    "central",
    "highest",
    "lowest",
    "quantile_table",
    "read_quantity",
    "spelled",
]
