"""P10: replicas are a whole, non-decreasing step function of the load."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.assembly import assemble
from planner.engine.case import HostedSupply
from planner.engine.evaluate import evaluate
from planner.engine.serving import capacity
from tests.engine.properties import many, random_case, seeds


@many()
@given(seeds(), st.lists(st.floats(0.0, 1e7), min_size=2, max_size=40), st.floats(0.001, 100.0))
def test_it_needs_whole_replicas_that_never_shrink_with_the_load(
    seed: int, requests: list[float], seconds: float
) -> None:
    case = random_case(seed).case
    hosted = [option.primary for option in case.options if isinstance(option.primary, HostedSupply)]
    assume(hosted)
    load = np.array([[0.0], *[[each] for each in sorted(requests)]])
    found = capacity(hosted[0], case.workloads[:1], [load], [np.full_like(load, seconds)], go_live_month=1)
    needed = found.replicas[1:, 0]
    assert np.array_equal(needed, np.rint(needed))
    assert np.all(np.diff(needed) >= 0.0)
    assert np.all(needed >= hosted[0].min_replicas + hosted[0].spare_replicas)


@many(0.5)
@given(seeds())
def test_it_never_needs_fewer_replicas_for_more_requests(seed: int) -> None:
    plain = random_case(seed)
    work = next((each for each in plain.document["workloads"] if "requests_per_month" in each), None)
    assume(work is not None and work["requests_per_month"] > 0)
    asked = np.linspace(0.1, 10.0, 24) * (work or {})["requests_per_month"]
    draws = {f"workloads.{(work or {})['id']}.requests_per_month": asked}
    outcome = evaluate(assemble(plain.snapshot, draws))
    for option in outcome.options:
        replicas = np.broadcast_to(option.replicas, (len(option.replicas), len(asked)))
        assert np.array_equal(replicas, np.rint(replicas))
        assert np.all(np.diff(replicas, axis=1) >= 0.0)
