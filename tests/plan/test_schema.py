"""The published JSON Schema: valid itself, and of one mind with the validator."""

import re
from typing import Any

import pytest
from hypothesis import example as sample
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from planner.plan.quantity import QuantityProblem, read_quantity
from planner.plan.schema import plan_schema
from tests.plan.documents import changed, errors_of, example


def accepts(document: Any) -> bool:
    return bool(Draft202012Validator(plan_schema()).is_valid(document))


def test_it_is_a_schema_of_its_dialect() -> None:
    Draft202012Validator.check_schema(plan_schema())
    assert plan_schema()["$schema"].endswith("2020-12/schema")


def test_it_accepts_the_example() -> None:
    assert accepts(example())


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/finance/discount_rate", 5),
        ("/finance/discount_rate", "0.1"),
        ("/finance/discount_rate", True),
        ("/finance/discount_rate", {"kind": "pert", "low": 0}),
        ("/finance/horizon_months", 36.5),
        ("/finance/horizon_months", "36"),
        ("/finance/start", "2026-13"),
        ("/finance/timing", "END"),
        ("/finance/discount_rat", 1),
        ("/market/gpu_rent", {"kind": "decline"}),
        ("/options/1/fallback", {"kind": "hosted"}),
        ("/options/3/develop/0/kind", "magic"),
        ("/options/0/primary/discount", [[1, 2]]),
        ("/workloads", []),
    ],
)
def test_it_refuses_what_the_validator_refuses(pointer: str, value: Any) -> None:
    document = changed(pointer, value)
    assert errors_of(document)
    assert not accepts(document)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/finance/discount_rate", "0.08 to 0.12"),
        ("/finance/discount_rate", {"kind": "normal", "mean": 0.1, "sd": 0.02}),
        ("/finance/horizon_months", 36.0),
        ("/options/3/go_live_month", "12 / 14 / 20"),
        ("/options/0/primary/discount", [[0, 0], [50000, 0.15]]),
        ("/options/1/coverage", {"completion": "0.5 to 0.7"}),
        ("/workloads/1/coverage_half_life", None),
        ("/market/gpu_purchase", {"kind": "steps", "steps": [[13, 0.8]]}),
    ],
)
def test_it_accepts_what_the_validator_accepts(pointer: str, value: Any) -> None:
    document = changed(pointer, value)
    assert not errors_of(document)
    assert accepts(document)


NUMBERS = st.from_regex(r"[+-]?[0-9]{1,4}(\.[0-9]{0,3})?([eE]-?[0-9])?", fullmatch=True)
WORDS = st.one_of(NUMBERS, st.sampled_from([" to ", "TO", " / ", "/", " ", "k", " M", "q", "_", "１", "%"]))


@given(st.lists(WORDS, max_size=7).map("".join))
@sample("90M to 160M")
@sample("3 / 4 / 9")
@sample("1.2M")
def test_its_shorthand_is_the_parsers(text: str) -> None:
    pattern = plan_schema()["$defs"]["Shorthand"]["pattern"]
    assert bool(re.search(pattern, text)) == (grammar_problem(text) is None)


def grammar_problem(text: str) -> str | None:
    """The parser's complaint about the form of a text; none about numbers that make no sense together."""
    try:
        read_quantity(text)
    except QuantityProblem as problem:
        return problem.code if problem.code in ("shorthand", "number_in_quotes") else None
    return None


def test_every_property_has_a_title_and_numbers_a_unit() -> None:
    for name, definition in plan_schema()["$defs"].items():
        for field, schema in definition.get("properties", {}).items():
            assert schema.get("title") or "const" in schema or name in ("Distribution",), (name, field)
    rate = plan_schema()["$defs"]["Finance"]["properties"]["discount_rate"]
    assert (rate["x-unit"], rate["x-soft-maximum"], rate["default"]) == ("share/year", 0.6, 0.1)
    assert rate["x-source"]
