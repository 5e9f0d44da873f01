"""What the database refuses even to a program that has gone wrong."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from accounts.models import User
from planner.models import Result, Revision, RevisionIsImmutable, Run, RunState, guards
from planner.operations.run_cancel import run_cancel
from planner.operations.run_claim import run_claim, run_finish
from tests.operations.rows import queued_run


def _finished(revision: Revision) -> Run:
    run = queued_run(revision)
    claim = run_claim(run_id=run.id)
    assert claim
    assert run_finish(run_id=run.id, token=claim.token, document=b"{}", result_hash="1" * 64)
    run.refresh_from_db()
    return run


def _refused(message: str, run: Run, **changes: object) -> None:
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        Run.objects.filter(id=run.id).update(**changes)


def test_it_has_every_trigger_after_all_migrations(db: None) -> None:
    postgresql = connection.vendor == "postgresql"
    query = "SELECT tgname FROM pg_trigger" if postgresql else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    assert {guard.name for guard in guards.GUARDS} | {"planner_result_of_succeeded_run"} <= present


def test_it_refuses_to_change_a_revision(revision: Revision) -> None:
    with pytest.raises(RevisionIsImmutable):
        revision.save()
    with pytest.raises(IntegrityError, match="a revision does not change"), transaction.atomic():
        Revision.objects.filter(id=revision.id).update(document='{"name": "other"}')


def test_it_refuses_to_change_a_finished_run(revision: Revision) -> None:
    _refused("a finished run does not change", _finished(revision), state=RunState.QUEUED, finished_at=None)


def test_it_refuses_to_change_a_cancelled_run(revision: Revision) -> None:
    cancelled = run_cancel(run=queued_run(revision))
    _refused("a finished run does not change", cancelled, error_message="Changed.")


def test_it_refuses_to_move_a_run_to_another_input(revision: Revision) -> None:
    _refused("what a run computes does not change", queued_run(revision), input_hash="f" * 64)


def test_it_refuses_success_without_a_claim(revision: Revision) -> None:
    _refused(
        "a queued run ends only by being claimed or cancelled",
        queued_run(revision),
        state=RunState.SUCCEEDED,
        progress=1000,
        result_hash="1" * 64,
        finished_at=Now(),
    )


def test_it_refuses_falling_progress(revision: Revision) -> None:
    run = queued_run(revision)
    Run.objects.filter(id=run.id).update(progress=500)
    _refused("progress does not fall", run, progress=499)


def test_it_refuses_a_result_of_a_run_that_did_not_succeed(revision: Revision) -> None:
    run = queued_run(revision)
    with pytest.raises(IntegrityError, match="only a succeeded run has a result"), transaction.atomic():
        Result.objects.create(
            run=run, organisation_id=run.organisation_id, document=b"{}", result_hash="1" * 64, created_at=Now()
        )


def test_it_refuses_to_change_a_result(revision: Revision) -> None:
    run = _finished(revision)
    with pytest.raises(IntegrityError, match="a result does not change"), transaction.atomic():
        Result.objects.filter(run=run).update(document=b"[]")


def test_it_refuses_a_lease_without_a_token(revision: Revision) -> None:
    run = queued_run(revision)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(id=run.id).update(state=RunState.RUNNING, lease_until=Now())


def test_it_lets_an_author_leave_a_finished_run_behind(revision: Revision, colleague: User) -> None:
    run = queued_run(revision)
    Run.objects.filter(id=run.id).update(started_by=colleague)
    run_cancel(run=run)
    colleague.delete()
    run.refresh_from_db()
    assert run.started_by_id is None
