"""Drawing numbers that a person could have typed, and leaving fields out so that defaults are tried too."""

import math
from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")
Document = dict[str, Any]


class Dice:
    """A seeded generator with the few throws that plans need."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.random.random() < probability

    def one_of(self, choices: Sequence[T]) -> T:
        """One of them, equally likely."""
        return self.random.choice(choices)

    def between(self, low: float, high: float) -> float:
        """Uniform, with four significant digits."""
        return float(f"{self.random.uniform(low, high):.4g}")

    def magnitude(self, low: float, high: float) -> float:
        """Log-uniform, with four significant digits."""
        return float(f"{math.exp(self.random.uniform(math.log(low), math.log(high))):.4g}")

    def whole(self, low: int, high: int) -> int:
        """An integer from low through high (low where high is below it)."""
        return self.random.randint(low, max(low, high))

    def share(self) -> float:
        """0 … 1 with both ends likely."""
        return self.one_of([0.0, 1.0]) if self.chance(0.15) else self.between(0, 1)

    def optional(self, document: Document, name: str, value: Any, probability: float = 0.5) -> None:
        """Set the field, or leave it to its default."""
        if self.chance(probability):
            document[name] = value
