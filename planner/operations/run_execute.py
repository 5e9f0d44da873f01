"""What a worker does with one run: claim it, compute, store. The only place where a run's error is decided."""

import uuid

import orjson
import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError
from django_scopes import scope

from planner.analysis.simulate import Settings
from planner.analysis.study import Progress
from planner.evaluation import evaluate_document
from planner.models import Run, RunError
from planner.operations.heartbeats import Heartbeats
from planner.operations.result_hash import result_hash
from planner.operations.run_claim import FULL_PROGRESS, Beat, Claim, run_claim, run_fail, run_finish, run_progress
from planner.operations.run_inputs import EngineChanged, draws_of, prices_of, require_same_engine
from planner.plan.errors import PlanInvalid
from planner.simulation import with_study

log = structlog.get_logger("danegeld.run")

_TIMEOUT = "The evaluation took longer than a worker may spend on one run. Fewer draws or a shorter horizon help."
_INTERNAL = "An error in the program stopped this run. It is in the log of the worker under the run's id."
_ENGINE_CHANGED = "Danegeld was upgraded while this run waited in the queue. Start the run again."

FLIPS = 6
"""Inputs whose flip points a run searches, as many as the results page shows."""


class Stopped(Exception):
    """The run was cancelled, or is no longer this worker's: nothing more is to be computed or stored."""


def run_execute(*, run_id: uuid.UUID, worker: str = "") -> bool:
    """Compute the run if it can be claimed; return whether a result was stored.

    False is no failure: the run may be somebody else's, cancelled or failed, and the row says which.
    """
    claim = run_claim(run_id=run_id, worker=worker)
    if claim is None:
        return False
    with (
        structlog.contextvars.bound_contextvars(run_id=str(run_id), attempt=claim.run.attempts),
        scope(organisation=claim.run.organisation),
        Heartbeats(lambda: run_progress(run_id=run_id, token=claim.token)),
    ):
        return _compute_and_store(claim)


def _compute_and_store(claim: Claim) -> bool:
    try:
        document = compute(claim.run, progress_of(claim))
    except Stopped:
        return False
    except SoftTimeLimitExceeded:
        return _fail(claim, RunError.TIMEOUT, _TIMEOUT)
    except PlanInvalid as error:
        return _fail(claim, RunError.INVALID, "\n".join(problem.message for problem in error.errors))
    except EngineChanged:
        return _fail(claim, RunError.INVALID, _ENGINE_CHANGED)
    except ArithmeticError as error:
        return _fail(claim, RunError.NUMERIC, str(error))
    except Exception:
        log.exception("run_failed")
        return _fail(claim, RunError.INTERNAL, _INTERNAL)
    return run_finish(
        run_id=claim.run.id, token=claim.token, document=document, result_hash=result_hash(orjson.loads(document))
    )


def compute(run: Run, progress: Progress | None = None) -> bytes:
    """Evaluate and simulate the run's revision with the prices it was started with; return the result as JSON.

    Seed and draws are those of the run. `progress` hears the share done after every block and every analysis.
    """
    require_same_engine(run)
    prices, draws = prices_of(run), draws_of(run)
    evaluation = evaluate_document(run.revision.document, prices=prices, as_of=run.as_of, flips=FLIPS)
    simulated = with_study(evaluation, Settings(draws=draws, seed=run.seed), progress, prices)
    return orjson.dumps(simulated.result, option=orjson.OPT_SERIALIZE_NUMPY)


def progress_of(claim: Claim) -> Progress:
    """Tells the row how far the work is. Raises `Stopped` once the run is cancelled or somebody else's."""

    def report(share: float) -> None:
        try:
            beat = run_progress(run_id=claim.run.id, token=claim.token, progress=int(share * FULL_PROGRESS))
        except DatabaseError as error:
            # The database may be restarting; the write at the end is guarded and decides.
            log.warning("progress_missed", error=type(error).__name__)
            return
        if beat is not Beat.CONTINUE:
            raise Stopped(claim.run.id)

    return report


def _fail(claim: Claim, code: RunError, message: str) -> bool:
    run_fail(run_id=claim.run.id, token=claim.token, code=code, message=message)
    return False
