"""What a run computes from, frozen: the plan with every price filled in, the seed, and the version of the engine."""

import datetime
import hashlib

import orjson
from django.conf import settings

from accounts.models import Organisation
from planner.assembly import resolve
from planner.evaluation import ENGINE_VERSION
from planner.models import Revision
from planner.operations.run_queue import RunInputs
from planner.plan.document import canonical_json, parse_plan
from pricing.queries import price_source

DEFAULT_SEED = 1


def run_inputs(
    *, revision: Revision, organisation: Organisation, as_of: datetime.date, seed: int = DEFAULT_SEED
) -> RunInputs:
    """Resolve the revision's references at the date. Raises `PlanInvalid` when one of them is unknown."""
    plan = parse_plan(revision.document)
    resolved = resolve(plan, price_source(as_of=as_of, organisation=organisation)).plan
    return freeze(resolved_plan=canonical_json(resolved), seed=seed, draws=settings.RUN_DRAWS)


def freeze(*, resolved_plan: bytes, seed: int, draws: int) -> RunInputs:
    """Put together what decides the figures of a run, and its hash."""
    snapshot = orjson.dumps(
        {"draws": draws, "engine_version": ENGINE_VERSION, "plan": orjson.Fragment(resolved_plan), "seed": seed},
        option=orjson.OPT_SORT_KEYS,
    )
    return RunInputs(
        snapshot=snapshot.decode(),
        input_hash=hashlib.sha256(snapshot).hexdigest(),
        seed=seed,
        engine_version=ENGINE_VERSION,
    )


def draws_in(snapshot: str) -> int:
    """The number of draws a run was started with, whatever the setting says now."""
    return int(orjson.loads(snapshot)["draws"])
