"""Shares that add up: floating-point remainders are put where they cannot be seen instead of being left over."""

from __future__ import annotations

import math
from collections.abc import Sequence

ROUNDS = 8


def remainder_to(total: float, amounts: Sequence[float]) -> float:
    """What has to be added to `amounts` so that `math.fsum` of all gives `total` to the last bit."""
    remainder = total - math.fsum(amounts)
    for _ in range(ROUNDS):
        missing = total - math.fsum([*amounts, remainder])
        if missing == 0.0:
            break
        remainder += missing
    return remainder


def closed(total: float, amounts: Sequence[float]) -> list[float]:
    """The amounts, one of them moved by the rounding remainder so that `math.fsum` gives `total` exactly.

    The largest amount fine enough to take it is moved: a large number cannot be changed by a small number's last bit.
    """
    result = list(amounts)
    for at in sorted(range(len(amounts)), key=lambda each: -abs(amounts[each])):
        if amounts[at] == 0.0:
            break
        others = [amount for each, amount in enumerate(amounts) if each != at]
        moved = remainder_to(total, others)
        if math.fsum([*others, moved]) == total:
            result[at] = moved
            break
    return result
