"""A worker owns a run by token and lease; a sweeper takes back what a dead worker held."""

import pytest

from planner.models import Result, Revision, Run, RunError, RunState
from planner.operations.run_claim import Beat, Claim, run_claim, run_fail, run_finish, run_progress, run_release
from planner.operations.run_sweep import sweep_expired_runs
from tests.operations.rows import queued_run
from tests.operations.time_travel import let_pass

BEYOND_THE_LEASE = 31
BEYOND_ANY_BACKOFF = 61


def _claimed(revision: Revision, worker: str = "first") -> Claim:
    claim = run_claim(run_id=queued_run(revision).id, worker=worker)
    assert claim
    return claim


def _finish(claim: Claim) -> bool:
    return run_finish(run_id=claim.run.id, token=claim.token, document=b'{"npv":1}', result_hash="1" * 64)


def _state(claim: Claim) -> str:
    return Run.objects.values_list("state", flat=True).get(id=claim.run.id)


def test_it_gives_a_run_to_one_worker_only(revision: Revision) -> None:
    claim = _claimed(revision)
    assert run_claim(run_id=claim.run.id, worker="second") is None


def test_it_stores_result_and_state_together(revision: Revision) -> None:
    claim = _claimed(revision)
    assert _finish(claim)
    assert _state(claim) == RunState.SUCCEEDED
    assert bytes(Result.objects.get(run_id=claim.run.id).document) == b'{"npv":1}'


def test_it_takes_a_run_back_when_the_lease_is_over(revision: Revision) -> None:
    claim = _claimed(revision)
    let_pass(BEYOND_THE_LEASE)
    assert sweep_expired_runs().requeued == 1
    assert _state(claim) == RunState.QUEUED


def test_it_leaves_a_run_alone_while_its_worker_beats(revision: Revision) -> None:
    claim = _claimed(revision)
    let_pass(20)
    assert run_progress(run_id=claim.run.id, token=claim.token, progress=300) is Beat.CONTINUE
    let_pass(20)
    assert sweep_expired_runs().requeued == 0


def test_it_lets_a_worker_that_came_back_from_the_dead_write_nothing(revision: Revision) -> None:
    zombie = _claimed(revision)
    let_pass(BEYOND_THE_LEASE)
    sweep_expired_runs()
    successor = run_claim(run_id=zombie.run.id, worker="second")
    assert successor
    assert run_progress(run_id=zombie.run.id, token=zombie.token) is Beat.LOST
    assert not _finish(zombie)
    assert not run_fail(run_id=zombie.run.id, token=zombie.token, code=RunError.NUMERIC, message="Too large.")
    assert _finish(successor)
    assert Result.objects.filter(run_id=zombie.run.id).count() == 1


def test_it_gives_up_a_run_that_kills_its_workers(revision: Revision) -> None:
    run = queued_run(revision)
    for _ in range(3):
        assert run_claim(run_id=run.id)
        let_pass(BEYOND_THE_LEASE)
        sweep_expired_runs()
        let_pass(BEYOND_ANY_BACKOFF)
    run.refresh_from_db()
    assert (run.state, run.error_code, run.attempts) == (RunState.FAILED, RunError.LOST, 3)


def test_it_waits_before_the_third_attempt(revision: Revision) -> None:
    run = queued_run(revision)
    for _ in range(2):
        assert run_claim(run_id=run.id)
        let_pass(BEYOND_THE_LEASE)
        sweep_expired_runs()
    assert run_claim(run_id=run.id) is None
    let_pass(11)
    assert run_claim(run_id=run.id)


@pytest.mark.parametrize("restarts", [1, 5])
def test_it_gives_the_attempt_back_when_a_worker_stops_in_order(revision: Revision, restarts: int) -> None:
    run = queued_run(revision)
    for _ in range(restarts):
        assert run_claim(run_id=run.id, worker="first")
        assert run_release(worker="first") == 1
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.QUEUED, 0)


def test_it_releases_no_other_workers_runs(revision: Revision) -> None:
    claim = _claimed(revision, worker="first")
    assert run_release(worker="second") == 0
    assert _finish(claim)
