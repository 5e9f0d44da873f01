"""A block replayed from a recording has the bits of a block evaluated in the ordinary way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from planner.analysis.draws import Uncertainty
from planner.analysis.model import PlanModel
from planner.assembly import Snapshot, resolve
from planner.engine import recording
from planner.engine.arrays import FloatArray, sum_over_months, value
from planner.engine.recording import Unrecordable, record
from planner.engine.sampling import blocks
from planner.plan.document import parse_plan
from tests.analysis.priced import catalogue
from tests.analysis.rich_plans import rich_plans
from tests.oracle.small_plans import api_supply, option, plan

WIDTH = 96
Drawn = Mapping[str, FloatArray]


def snapshots() -> list[Snapshot]:
    """Every rich plan that leaves something to chance."""
    found = [resolve(each, catalogue()) for each in rich_plans()]
    return [each for each in found if not Uncertainty(each).is_certain]


def test_it_gives_the_same_bits_recorded_and_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any plan, NPVs and cumulated costs; every plan is recorded, or the speed would be gone without a word."""
    recorded = []
    real = recording.record

    def counted(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]  # handed through
        recorded.append(found)
        return found

    monkeypatch.setattr("planner.analysis.blocks.record", counted)
    able = 0
    for snapshot in snapshots():
        drawn = Uncertainty(snapshot).draw(1, "sobol", blocks(4 * WIDTH, 1)[0])
        wide, narrow = PlanModel(snapshot), PlanModel(snapshot)
        before = len(recorded)
        at_once = wide.npv(drawn.values, drawn.noise, 4 * WIDTH)
        in_parts = narrow.npv(drawn.values, drawn.noise, WIDTH)
        assert in_parts.tobytes() == at_once.tobytes()
        cost = narrow.cumulated_cost(drawn.values, drawn.noise, WIDTH)
        assert cost.tobytes() == wide.cumulated_cost(drawn.values, drawn.noise, 4 * WIDTH).tobytes()
        able += len(recorded) > before
    assert able == len(snapshots())


def test_it_evaluates_a_block_anew_that_takes_another_branch() -> None:
    """Fees turn from nothing to something between the blocks; a discount is looked at only where there is one."""
    share = np.repeat([0.0, 0.0, 0.0, 0.25], WIDTH)
    document = plan(option("api", api_supply()), option("less", api_supply(discount="0.1 to 0.2")))
    model = PlanModel(resolve(parse_plan(document), catalogue()))
    npv = model.npv({"options.less.primary.discount": share}, columns=WIDTH)
    alone = model.npv({"options.less.primary.discount": share[-1:]})
    assert (npv[1, :-WIDTH] == npv[0, 0]).all()
    assert (npv[1, -WIDTH:] == alone[1, 0]).all()
    assert alone[1, 0] > npv[0, 0]


def calculation(drawn: Drawn) -> Sequence[FloatArray]:
    """What the engine does, in little: views, changes in place, rows of other months, branches, certain parts."""
    months = np.arange(1.0, 6.0)[:, None]
    grown = drawn["a"] * months
    changed = grown.copy()
    changed[0] = 0.0
    changed[2:] += grown[:-2] * value(0.5)
    again = drawn["a"] * months
    if (drawn["b"] > 0.0).any():
        changed = np.where(changed > drawn["b"], changed, -again)
    late = changed[[4, 3, 3]]
    return sum_over_months(changed), sum_over_months(late), value(7.0)


def given(seed: int) -> dict[str, FloatArray]:
    dice = np.random.default_rng(seed)
    return {"a": dice.normal(size=WIDTH), "b": dice.uniform(1.0, 3.0, WIDTH)}


def test_it_replays_changes_in_place_and_rows_of_other_months() -> None:
    found, noted = record(calculation, given(1))
    assert [each.tobytes() for each in found] == [each.tobytes() for each in calculation(given(1))]
    for seed in (2, 3):
        again = noted.replay(given(seed))
        assert again is not None
        assert [each.tobytes() for each in again] == [each.tobytes() for each in calculation(given(seed))]


def test_it_does_not_replay_what_would_go_another_way() -> None:
    _, noted = record(calculation, given(1))
    assert noted.replay({**given(1), "b": np.full(WIDTH, -1.0)}) is None
    assert noted.replay(given(1)) is not None


@pytest.mark.parametrize(
    "escapes",
    [
        lambda drawn: [drawn["a"] * float(drawn["b"][0])],
        lambda drawn: [np.array(drawn["a"]) * 2.0],
        lambda drawn: [np.sort(drawn["a"])],
        lambda drawn: [np.arange(5.0)[drawn["a"].astype(np.intp)]],
    ],
)
def test_it_refuses_to_record_what_would_freeze_a_draw(escapes: object) -> None:
    with pytest.raises(Unrecordable):
        record(escapes, given(1))  # type: ignore[arg-type]  # a function of drawn arrays, whatever it does
