"""The same input is computed once."""

from planner.models import Revision
from planner.operations.run_cancel import run_cancel
from planner.operations.run_claim import run_claim, run_finish
from tests.operations.rows import queued_run, started


def _succeed(revision: Revision, letter: str = "a") -> None:
    run = queued_run(revision, letter)
    claim = run_claim(run_id=run.id)
    assert claim
    run_finish(run_id=run.id, token=claim.token, document=b"{}", result_hash="1" * 64)


def test_it_returns_the_live_run_of_the_same_input(revision: Revision) -> None:
    first = started(revision)
    second = started(revision)
    assert (first.created, second.created) == (True, False)
    assert first.run.id == second.run.id


def test_it_returns_the_finished_run_of_the_same_input(revision: Revision) -> None:
    _succeed(revision)
    assert not started(revision).created


def test_it_computes_again_when_forced(revision: Revision) -> None:
    _succeed(revision)
    assert started(revision, force=True).created


def test_it_has_one_live_run_even_when_forced(revision: Revision) -> None:
    started(revision)
    assert not started(revision, force=True).created


def test_it_computes_again_after_a_cancellation(revision: Revision) -> None:
    run_cancel(run=queued_run(revision))
    assert started(revision).created


def test_it_numbers_the_runs_of_a_plan(revision: Revision) -> None:
    numbers = [queued_run(revision, letter).number for letter in "abc"]
    assert numbers == [1, 2, 3]
