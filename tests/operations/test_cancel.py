"""A person changes their mind about a run."""

import pytest

from planner.models import Result, Revision, RunState
from planner.operations.run_cancel import RunIsFinished, run_cancel
from planner.operations.run_claim import Beat, run_claim, run_finish, run_progress
from planner.operations.run_sweep import sweep_expired_runs
from tests.operations.rows import queued_run, started
from tests.operations.time_travel import let_pass


def test_it_ends_a_queued_run_at_once(revision: Revision) -> None:
    assert run_cancel(run=queued_run(revision)).state == RunState.CANCELLED


def test_it_never_lets_a_cancelled_run_start(revision: Revision) -> None:
    run = run_cancel(run=queued_run(revision))
    assert run_claim(run_id=run.id) is None


def test_it_stops_a_running_run_at_its_next_heartbeat(revision: Revision) -> None:
    run = queued_run(revision)
    claim = run_claim(run_id=run.id)
    assert claim
    assert run_cancel(run=run).state == RunState.RUNNING
    assert run_progress(run_id=run.id, token=claim.token) is Beat.CANCELLED
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_it_stores_no_result_after_a_cancellation(revision: Revision) -> None:
    run = queued_run(revision)
    claim = run_claim(run_id=run.id)
    assert claim
    run_cancel(run=run)
    assert not run_finish(run_id=run.id, token=claim.token, document=b"{}", result_hash="1" * 64)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert not Result.objects.exists()


def test_it_cancels_the_run_of_a_dead_worker_instead_of_repeating_it(revision: Revision) -> None:
    run = queued_run(revision)
    run_claim(run_id=run.id)
    run_cancel(run=run)
    let_pass(31)
    assert sweep_expired_runs().cancelled == 1


def test_it_says_so_when_the_run_has_ended(revision: Revision) -> None:
    run = queued_run(revision)
    claim = run_claim(run_id=run.id)
    assert claim
    run_finish(run_id=run.id, token=claim.token, document=b"{}", result_hash="1" * 64)
    with pytest.raises(RunIsFinished, match="Run 1 has ended"):
        run_cancel(run=run)


def test_it_takes_a_cancellation_back_when_the_run_is_started_again(revision: Revision) -> None:
    run = queued_run(revision)
    claim = run_claim(run_id=run.id)
    assert claim
    run_cancel(run=run)
    again = started(revision)
    assert (again.run.id, again.created) == (run.id, False)
    assert run_progress(run_id=run.id, token=claim.token) is Beat.CONTINUE
