"""Formulas and engine agree on every row the engine knows; judged while writing, without an office suite."""

import json
from pathlib import Path

import pytest

from planner.plan.examples import templates
from tests.strategies import random_plan
from tests.workbook.making import made

AGREES = 1e-11
EXAMPLE = Path("bench/data/plan-example.json")


@pytest.mark.parametrize("template", [each.id for each in templates()])
def test_it_agrees_on_every_template(template: str) -> None:
    document = next(each.document for each in templates() if each.id == template)
    assert _worst(dict(document)) < AGREES


@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_on_random_plans(seed: int) -> None:
    assert _worst(random_plan(seed)) < AGREES


@pytest.mark.fault
def test_it_agrees_on_many_random_plans() -> None:
    assert max(_worst(random_plan(seed)) for seed in range(1_000, 1_300)) < AGREES


def test_it_is_small() -> None:
    _, workbook = made(json.loads(EXAMPLE.read_text()))
    assert len(workbook.data) < 1_000_000


def test_it_gives_the_same_bytes_for_the_same_content() -> None:
    document = json.loads(EXAMPLE.read_text())
    assert made(document)[1].data == made(document)[1].data


def _worst(document: dict[str, object]) -> float:
    return max(row.difference for row in made(document)[1].reconciled)
