"""Whatever people, workers and the sweeper do in whatever order, the table of runs stays true."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from accounts.models import Organisation
from planner.models import FINAL_STATES, Run, RunError, RunState
from planner.operations.run_cancel import RunIsFinished, run_cancel
from planner.operations.run_claim import Beat, run_claim, run_fail, run_finish, run_progress, run_release
from planner.operations.run_sweep import sweep, sweep_expired_runs
from tests.operations.invariants import violations
from tests.operations.rows import started, stored_revision
from tests.operations.time_travel import let_pass

WORKERS = ("first", "second")


@dataclass
class Seen:
    """What an observer remembers of one run."""

    progress: int = 0
    ended: dict[str, Any] = field(default_factory=dict)
    ever_held: list[tuple[str, uuid.UUID]] = field(default_factory=list)


class RunsMachine(RuleBasedStateMachine):
    """Two workers that may be zombies, a sweeper, two organisations, and a clock."""

    runs = Bundle("runs")
    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self._disabled = scopes_disabled()
        self._disabled.__enter__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        organisations = [Organisation.objects.create(name=name) for name in ("One", "Two")]
        self.revisions = [stored_revision(organisation) for organisation in organisations]
        self.seen: dict[uuid.UUID, Seen] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)
        self._disabled.__exit__(None, None, None)

    @rule(target=runs, which=st.integers(0, 1), letter=st.sampled_from("ab"), force=st.booleans())
    def start(self, which: int, letter: str, force: bool) -> uuid.UUID:
        answer = started(self.revisions[which], letter, force=force)
        assert answer.created is (answer.run.id not in self.seen)
        self.seen.setdefault(answer.run.id, Seen())
        return answer.run.id

    @rule(target=tokens, run_id=runs, worker=st.sampled_from(WORKERS))
    def claim(self, run_id: uuid.UUID, worker: str) -> Any:
        before = Run.objects.get(id=run_id)
        claim = run_claim(run_id=run_id, worker=worker)
        if claim is None:
            return multiple()
        assert before.state == RunState.QUEUED
        assert not before.cancel_requested
        self.seen[run_id].ever_held.append((worker, claim.token))
        return run_id, claim.token

    @rule(token=tokens, progress=st.integers(-5, 2000))
    def beat(self, token: tuple[uuid.UUID, uuid.UUID], progress: int) -> None:
        held, before = self._held(*token)
        answer = run_progress(run_id=token[0], token=token[1], progress=progress)
        if not held:
            assert answer is Beat.LOST
            assert self._row(token[0]) == before  # I3
        elif answer is Beat.CANCELLED:
            assert before["cancel_requested"]

    @rule(token=tokens, succeed=st.booleans())
    def end(self, token: tuple[uuid.UUID, uuid.UUID], succeed: bool) -> None:
        held, before = self._held(*token)
        if succeed:
            changed = run_finish(run_id=token[0], token=token[1], document=b"{}", result_hash="1" * 64)
        else:
            changed = run_fail(run_id=token[0], token=token[1], code=RunError.NUMERIC, message="Too large.")
        assert changed is (held and not before["cancel_requested"])
        if not held:
            assert self._row(token[0]) == before  # I3

    @rule(run_id=runs)
    def cancel(self, run_id: uuid.UUID) -> None:
        before = Run.objects.get(id=run_id)
        try:
            after = run_cancel(run=before)
        except RunIsFinished:
            assert before.state in (RunState.SUCCEEDED, RunState.FAILED)
            return
        assert after.state == RunState.CANCELLED or after.cancel_requested

    @rule(seconds=st.sampled_from([1, 20, 40, 100]))
    def time_passes(self, seconds: int) -> None:
        let_pass(seconds)

    @rule()
    def sweeper_comes(self) -> None:
        sweep()
        before = self._rows()
        again = sweep()
        assert (again.requeued, again.lost, again.cancelled, again.hinted) == (0, 0, 0, 0)
        assert self._rows() == before  # I12

    @rule(worker=st.sampled_from(WORKERS))
    def worker_stops_in_order(self, worker: str) -> None:
        run_release(worker=worker)
        assert not Run.objects.filter(state=RunState.RUNNING, worker=worker).exists()

    @rule()
    def everything_comes_to_an_end(self) -> None:
        """I1: a healthy worker and the sweeper bring every run to a final state."""
        for _ in range(4):
            let_pass(1000)
            sweep_expired_runs()
            for run_id in self.seen:
                claim = run_claim(run_id=run_id, worker="healthy")
                if claim is not None:
                    run_finish(run_id=run_id, token=claim.token, document=b"{}", result_hash="2" * 64)
        assert not Run.objects.exclude(state__in=FINAL_STATES).exists()

    @invariant()
    def the_table_is_true(self) -> None:
        assert violations() == []

    @invariant()
    def progress_never_falls_and_the_end_is_the_end(self) -> None:
        for run_id, row in self._rows().items():
            seen = self.seen[run_id]
            assert row["progress"] >= seen.progress  # I4
            seen.progress = row["progress"]
            if seen.ended:
                assert row == seen.ended  # I2
            elif row["state"] in FINAL_STATES:
                seen.ended = row

    def _held(self, run_id: uuid.UUID, token: uuid.UUID) -> tuple[bool, dict[str, Any]]:
        row = self._row(run_id)
        return row["token"] == token and row["state"] == RunState.RUNNING, row

    def _row(self, run_id: uuid.UUID) -> dict[str, Any]:
        return dict(Run.objects.filter(id=run_id).values().get())

    def _rows(self) -> dict[uuid.UUID, dict[str, Any]]:
        return {row["id"]: dict(row) for row in Run.objects.values()}


def _play(examples: int) -> None:
    run_state_machine_as_test(
        RunsMachine, settings=settings(max_examples=examples, stateful_step_count=40, deadline=None)
    )


@pytest.mark.django_db
def test_it_keeps_its_promises_in_any_order_of_events() -> None:
    _play(12)


@pytest.mark.fault
@pytest.mark.django_db
def test_it_keeps_its_promises_for_long() -> None:
    _play(200)
