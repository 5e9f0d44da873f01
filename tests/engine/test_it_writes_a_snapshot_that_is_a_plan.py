"""A snapshot is a plan document in its own right: read again without a catalogue it gives the same answer."""

import pytest

from planner.assembly import Snapshot, assemble, resolve
from planner.engine.evaluate import net_present_values
from planner.plan.document import parse_plan
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.strategies import random_plan


def npvs(snapshot: Snapshot) -> list[float]:
    return [float(npv[0]) for npv in net_present_values(assemble(snapshot))]


@pytest.mark.parametrize("seed", range(20))
def test_it_reads_back_to_the_same_answer(seed: int) -> None:
    snapshot = resolve(parse_plan(random_plan(seed)), EmptyCatalogue())
    again = resolve(snapshot.as_plan(), EmptyCatalogue())
    assert npvs(again) == pytest.approx(npvs(snapshot), rel=1e-12)
