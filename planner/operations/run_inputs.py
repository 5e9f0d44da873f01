"""What a run computes from, frozen: the plan, the catalogue's rows it rests on, the seed, the version of the engine."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
from django.conf import settings

from accounts.models import Organisation
from planner.assembly.used_prices import KeptPrices, UsedRow, used_rows
from planner.evaluation import ENGINE_VERSION
from planner.models import Revision, Run
from planner.operations.run_queue import RunInputs
from planner.plan.document import canonical_json, parse_plan
from pricing.queries import price_source

DEFAULT_SEED = 1


class EngineChanged(Exception):
    """This version of the program would give other figures than the one a run was started with."""


def run_inputs(
    *, revision: Revision, organisation: Organisation, as_of: datetime.date, seed: int = DEFAULT_SEED
) -> RunInputs:
    """Resolve the revision's references at the date. Raises `PlanInvalid` when one of them is unknown."""
    plan = parse_plan(revision.document)
    rows = used_rows(plan, price_source(as_of=as_of, organisation=organisation))
    return freeze(plan=canonical_json(plan), rows=rows, seed=seed, draws=settings.RUN_DRAWS)


def freeze(*, plan: bytes, rows: Iterable[UsedRow], seed: int, draws: int) -> RunInputs:
    """Put together what decides the figures of a run, and its hash."""
    snapshot = orjson.dumps(
        {
            "draws": draws,
            "engine_version": ENGINE_VERSION,
            "plan": orjson.Fragment(plan),
            "prices": [row.document() for row in rows],
            "seed": seed,
        },
        option=orjson.OPT_SORT_KEYS,
    )
    return RunInputs(
        snapshot=snapshot.decode(),
        input_hash=hashlib.sha256(snapshot).hexdigest(),
        seed=seed,
        engine_version=ENGINE_VERSION,
    )


def rows_of(run: Run) -> tuple[UsedRow, ...]:
    """The catalogue's rows the run was started with."""
    return tuple(UsedRow.of(row) for row in _snapshot(run)["prices"])


def prices_of(run: Run) -> KeptPrices:
    """The prices the run was started with, whatever the catalogue says now."""
    return KeptPrices(rows_of(run))


def draws_of(run: Run) -> int:
    """The number of draws the run was started with, whatever the setting says now."""
    return int(_snapshot(run)["draws"])


def require_same_engine(run: Run) -> None:
    """Raise `EngineChanged` unless this is the version of the engine that the run was started with."""
    if run.engine_version != ENGINE_VERSION:
        raise EngineChanged(run.id)


def _snapshot(run: Run) -> dict[str, Any]:
    snapshot: dict[str, Any] = orjson.loads(run.input_snapshot)
    return snapshot
