"""The engine against the slow oracle on random plans of every feature.

DANEGELD_ORACLE_PLANS sets how many: 500 by default, 2000 where every service is required (CI).
"""

import os

import pytest

from planner.assembly import assemble, resolve
from planner.engine.evaluate import evaluate
from planner.plan.document import parse_plan
from tests.oracle.comparison import differences
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.plan import evaluate_plan
from tests.random_plans.dice import Document
from tests.strategies import API_AND_RENTED, random_plan

IN_CI = os.environ.get("DANEGELD_TEST_REQUIRE") == "all"
PLANS = int(os.environ.get("DANEGELD_ORACLE_PLANS", "2000" if IN_CI else "500"))
CHUNK = 50
CHUNKS = [range(first, min(first + CHUNK, PLANS)) for first in range(0, PLANS, CHUNK)]


def disagreements(document: Document) -> list[str]:
    """What engine and oracle say differently about a plan."""
    snapshot = resolve(parse_plan(document), EmptyCatalogue())
    outcome = evaluate(assemble(snapshot))
    expected = evaluate_plan(document)
    today = expected[document["baseline"]]
    return [
        f"{document['name']}, {option.id}: {difference}"
        for option in outcome.options
        for difference in differences(option, expected[option.id], today, document["finance"])
    ]


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_it_agrees_on_random_plans_of_every_feature(seeds: range) -> None:
    found = [difference for seed in seeds for difference in disagreements(random_plan(seed))]
    assert not found, "\n".join(found)


def test_it_agrees_on_random_plans_of_apis_and_rented_gpus() -> None:
    found = [difference for seed in range(25) for difference in disagreements(random_plan(seed, API_AND_RENTED))]
    assert not found, "\n".join(found)
