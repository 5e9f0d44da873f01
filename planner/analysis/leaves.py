"""The numbers of a resolved plan by dotted path: what can be varied, nudged or broken even on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

FACTS = frozenset({"model", "price_of", "price_tiers", "train_on"})
"""Parts of a plan that describe a thing rather than an assumption: nobody asks by how much a model's layers flip it."""
DATA_SHEET = frozenset({"memory_gb", "bandwidth_tbs", "bf16_tflops", "fp8_tflops", "fp4_tflops", "watts"})
WITHOUT_WEIGHT = frozenset(
    {"schema_version", "fiscal_year_start", "horizon_months", "mirr_finance_rate", "mirr_reinvest_rate", "volatility"}
)
"""Numbers that say nothing about the world, or that the certain NPV does not depend on."""
NO_ASSUMPTIONS = FACTS | DATA_SHEET | WITHOUT_WEIGHT


@dataclass(frozen=True, slots=True)
class NumericLeaf:
    """A number of a plan, its own or the catalogue's, at its central value."""

    path: str
    value: float


def numeric_leaves(document: object, *, without: Collection[str] = (), path: str = "") -> Iterator[NumericLeaf]:
    """Numbers of a resolved document in its order, those below a name in `without` left out.

    Members of a list go by their id, else by their place; lists of plain numbers (a series, seasons, a discount ladder)
    are one input each and no numbers.
    """
    if isinstance(document, Mapping):
        for name, each in document.items():
            if name not in without:
                yield from numeric_leaves(each, without=without, path=f"{path}.{name}" if path else name)
    elif isinstance(document, list) and all(isinstance(each, Mapping) for each in document):
        for at, each in enumerate(document):
            yield from numeric_leaves(each, without=without, path=f"{path}.{each.get('id', at)}")
    elif isinstance(document, int | float) and not isinstance(document, bool):
        yield NumericLeaf(path, float(document))
