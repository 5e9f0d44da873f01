"""Messages to the workers: sent after the commit, sent again when lost, shared out between organisations."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from kombu import Connection

from accounts.models import Organisation
from config.celery import app
from planner.models import Revision, Run
from planner.operations.run_claim import run_claim, run_finish
from planner.operations.run_sweep import in_turn, sweep_hints
from tests.operations.rows import queued_run, stored_revision
from tests.operations.time_travel import let_pass


@pytest.fixture
def broker() -> Iterator[Connection]:
    """The real broker of the test process, a folder of its own, with an empty queue."""
    with app.connection_for_write() as connection:
        queue = connection.SimpleQueue(app.conf.task_default_queue)
        queue.clear()
        yield connection
        queue.clear()
        queue.close()


def _received(broker: Connection) -> list[uuid.UUID]:
    queue = broker.SimpleQueue(app.conf.task_default_queue)
    received: list[uuid.UUID] = []
    while True:
        try:
            message = queue.get(block=False)
        except queue.Empty:
            return received
        message.ack()
        received.append(uuid.UUID(message.payload[0][0]))


@pytest.mark.django_db(transaction=True)
def test_it_announces_a_run_after_the_commit(revision: Revision, broker: Connection) -> None:
    with transaction.atomic():
        run = queued_run(revision)
        assert _received(broker) == []
    assert _received(broker) == [run.id]


@pytest.mark.django_db(transaction=True)
def test_it_announces_nothing_that_was_rolled_back(revision: Revision, broker: Connection) -> None:
    with transaction.atomic():
        queued_run(revision)
        transaction.set_rollback(True)
    assert _received(broker) == []


def test_it_survives_a_broker_that_is_away() -> None:
    # A process of its own, because connections are pooled. Port 9 refuses, as a stopped server does.
    program = "import django; django.setup(); from planner.dispatch import send_run_hints as s; print(s(['x', 'y']))"
    environment = {**os.environ, "DANEGELD_BROKER_URL": "redis://127.0.0.1:9/0", "DANEGELD_LOG_LEVEL": "ERROR"}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "0"


@pytest.mark.django_db(transaction=True)
def test_it_sends_a_lost_hint_again(revision: Revision, broker: Connection) -> None:
    run = queued_run(revision)
    _received(broker)
    assert sweep_hints() == 0
    let_pass(16)
    assert sweep_hints() == 1
    assert _received(broker) == [run.id]


@pytest.mark.django_db(transaction=True)
def test_it_announces_only_a_window_of_each_backlog(revision: Revision, broker: Connection) -> None:
    runs = [queued_run(revision, str(number)) for number in range(12)]
    assert set(_received(broker)) == {run.id for run in runs[:8]}
    claim = run_claim(run_id=runs[0].id)
    assert claim
    run_finish(run_id=runs[0].id, token=claim.token, document=b"{}", result_hash="1" * 64)
    assert _received(broker) == [runs[8].id]


@pytest.mark.django_db(transaction=True)
def test_it_announces_every_organisation_in_one_sweep(
    organisation: Organisation, other_organisation: Organisation, broker: Connection
) -> None:
    with scopes_disabled():
        runs = [
            queued_run(revision, letter).id
            for revision in (stored_revision(organisation), stored_revision(other_organisation))
            for letter in "abc"
        ]
        Run.objects.update(hinted_at=None)
    _received(broker)
    assert sweep_hints() == 6
    assert set(_received(broker)) == set(runs)


def test_it_takes_the_organisations_in_turn() -> None:
    one, two, three, four = (uuid.uuid4() for _ in range(4))
    assert in_turn([[one, two, three], [four]]) == [one, four, two, three]
