"""What a worker makes of a run."""

import orjson
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from pytest_django.fixtures import Settings

from accounts.models import Organisation
from planner.analysis.study import Progress
from planner.models import Plan, Result, Run, RunError, RunState
from planner.operations import run_execute as execution
from planner.operations.plan_edit import plan_create, plan_delete
from planner.operations.run_cancel import run_cancel
from planner.operations.run_claim import run_claim
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.plan.examples import template
from planner.tasks import run_execute_task


@pytest.fixture
def run(organisation: Organisation, in_scope: None) -> Run:
    """A queued run of a template."""
    plan = plan_create(organisation=organisation, document=template("support-chat").json)
    return run_start(plan=plan).run


def _failed(run: Run) -> tuple[str, str]:
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert not Result.objects.exists()
    return run.error_code, run.error_message


def _break(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(_run: Run, _progress: Progress | None = None) -> bytes:
        raise error

    monkeypatch.setattr(execution, "compute", broken)


def test_it_stores_the_result_with_its_hash(run: Run) -> None:
    run_execute_task(str(run.id))
    run.refresh_from_db()
    result = Result.objects.get(run=run)
    assert (run.state, run.result_hash) == (RunState.SUCCEEDED, result.result_hash)
    assert orjson.loads(bytes(result.document))["verdict"]["best"]


def test_it_leaves_a_run_alone_that_somebody_else_has(run: Run) -> None:
    assert run_claim(run_id=run.id, worker="first")
    assert not run_execute(run_id=run.id, worker="second")


def test_it_leaves_a_cancelled_run_alone(run: Run) -> None:
    run_cancel(run=run)
    assert not run_execute(run_id=run.id)


def test_it_stops_quietly_when_the_plan_is_deleted_meanwhile(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    compute = execution.compute

    def delete_and_compute(claimed: Run, progress: Progress | None = None) -> bytes:
        document = compute(claimed, progress)
        plan_delete(plan=Plan.objects.get())
        return document

    monkeypatch.setattr(execution, "compute", delete_and_compute)
    assert not run_execute(run_id=run.id)


def test_it_says_when_the_program_was_upgraded_meanwhile(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.operations.run_inputs.ENGINE_VERSION", "later")
    assert not run_execute(run_id=run.id)
    assert _failed(run) == (
        RunError.INVALID,
        "Danegeld was upgraded while this run waited in the queue. Start the run again.",
    )


def test_it_ends_a_run_that_takes_too_long(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, SoftTimeLimitExceeded())
    assert not run_execute(run_id=run.id)
    assert _failed(run)[0] == RunError.TIMEOUT


def test_it_names_an_overflow(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, OverflowError("Month 120 costs more than 1e15."))
    assert not run_execute(run_id=run.id)
    assert _failed(run) == (RunError.NUMERIC, "Month 120 costs more than 1e15.")


def test_it_tells_the_log_and_not_the_person_about_its_own_errors(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, RuntimeError("salary 123456"))
    assert not run_execute(run_id=run.id)
    code, message = _failed(run)
    assert code == RunError.INTERNAL
    assert "123456" not in message


def test_it_stores_the_distribution_with_the_runs_own_seed_and_draws(run: Run, settings: Settings) -> None:
    run_execute(run_id=run.id)
    document = orjson.loads(bytes(Result.objects.get(run=run).document))
    assert (document["seed"], document["draws"]) == (run.seed, settings.RUN_DRAWS)
    assert document["evpi"] >= 0.0
    assert set(document["standard_error"]) == set(document["distribution"])
    assert {"tornado", "bands", "map", "timing", "scenarios", "information"} <= set(document["analyses"])
    means = {option: figures["mean"] for option, figures in document["distribution"].items()}
    assert document["verdict"]["best"] == max(means, key=lambda option: means[option])


def test_it_tells_how_far_it_is_and_stops_between_blocks_when_cancelled(run: Run) -> None:
    claim = run_claim(run_id=run.id, worker="mine")
    assert claim
    report = execution.progress_of(claim)
    report(0.25)
    run.refresh_from_db()
    assert run.progress == 250
    run_cancel(run=run)
    with pytest.raises(execution.Stopped):
        report(0.5)
    run.refresh_from_db()
    assert (run.state, run.progress) == (RunState.CANCELLED, 250)


def test_it_stores_nothing_of_a_run_that_was_cancelled_on_the_way(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled_on_the_way(claimed: Run, progress: Progress | None = None) -> bytes:
        run_cancel(run=run)
        return compute(claimed, progress)

    compute = execution.compute
    monkeypatch.setattr(execution, "compute", cancelled_on_the_way)
    assert not run_execute(run_id=run.id)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert not Result.objects.exists()


def test_it_computes_the_draws_it_was_started_with(run: Run, settings: Settings) -> None:
    started_with = settings.RUN_DRAWS
    settings.RUN_DRAWS = 8 * started_with
    run_execute(run_id=run.id)
    assert orjson.loads(bytes(Result.objects.get(run=run).document))["draws"] == started_with
