"""P6 and P16: options compete without touching each other, and what all pay alike decides nothing."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.engine.properties import TOLERANCE, Document, evaluated, many, random_case, seeds


def named_by_others(document: Document) -> set[str]:
    """Options that others buy from; without them the others would be different options."""
    uses = [option.get(role) or {} for option in document["options"] for role in ("fallback", "interim")]
    return {use["supply"] for use in uses if "supply" in use} | {document["baseline"]}


def without(document: Document, option: str) -> Document:
    return {**document, "options": [each for each in document["options"] if each["id"] != option]}


@many()
@given(seeds())
def test_it_leaves_the_others_as_they_are_when_an_option_goes(seed: int) -> None:
    whole = random_case(seed)
    free = [option for option in whole.ids if option not in named_by_others(whole.document)]
    assume(free)
    fewer = evaluated(without(whole.document, free[-1]))
    for option in fewer.ids:
        assert fewer.npv(option) == whole.npv(option)
    best_of_fewer = max(map(fewer.npv, fewer.ids))
    assert best_of_fewer <= max(map(whole.npv, whole.ids))
    if whole.ids[whole.outcome.best] == free[-1]:
        assert best_of_fewer <= whole.npv(free[-1])


@many()
@given(seeds(), st.floats(1.0, 1e6), st.integers(0, 12))
def test_it_ranks_the_same_whatever_all_pay_alike(seed: int, amount: float, month: int) -> None:
    plain = random_case(seed)
    document = deepcopy(plain.document)
    for option in document["options"]:
        option["recurring_costs"] = [*option.get("recurring_costs", []), {"amount_per_month": amount}]
        option["one_off_costs"] = [
            *option.get("one_off_costs", []),
            {"month": month, "amount": amount, "kind": "capex"},
        ]
    dearer = evaluated(document)
    common = {option: plain.npv(option) - dearer.npv(option) for option in plain.ids}
    for option, paid in common.items():
        slack = TOLERANCE * (plain.scale(option) + dearer.scale(option) + dearer.scale(plain.ids[0]))
        assert paid == pytest.approx(common[plain.ids[0]], abs=slack, rel=0)
