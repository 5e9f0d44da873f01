"""Do stored results still come out of the plans they were computed from? After a restore, on a new machine."""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson
from django_scopes import scope

from planner.models import Run, RunState
from planner.operations.across_organisations import across_organisations, all_runs
from planner.operations.result_hash import result_hash
from planner.operations.run_execute import compute
from planner.operations.run_inputs import EngineChanged


@dataclass(frozen=True)
class Verified:
    """How many runs were computed again, the ids of those whose result differs, and how many an older engine made."""

    computed: int
    different: tuple[str, ...]
    older: int


@across_organisations
def runs_verify(*, limit: int) -> Verified:
    """Compute the newest `limit` succeeded runs again, store nothing, and compare their results' hashes."""
    computed, older, different = 0, 0, []
    for run in _newest(limit):
        with scope(organisation=run.organisation):
            try:
                found = result_hash(orjson.loads(compute(run)))
            except EngineChanged:
                older += 1
                continue
        computed += 1
        if found != run.result_hash:
            different.append(str(run.id))
    return Verified(computed, tuple(different), older)


def _newest(limit: int) -> Iterator[Run]:
    runs = all_runs().filter(state=RunState.SUCCEEDED).select_related("organisation", "revision")
    return runs.order_by("-finished_at", "-id")[:limit].iterator()
