"""The planner's commands: samples, runs again, sweeping."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from accounts.models import Membership, Organisation, User
from planner.models import Plan, Run, ServiceBeat
from planner.operations.plan_edit import plan_create
from planner.operations.run_execute import run_execute
from planner.operations.sample import SAMPLE_ORGANISATION_ID
from planner.plan.examples import template


def _count(model: type[Plan] | type[Run]) -> int:
    with scopes_disabled():
        return int(model.objects.count())


def test_it_loads_the_samples_once(db: None) -> None:
    for _ in range(2):
        call_command("load_samples")
    assert (_count(Plan), _count(Run)) == (3, 3)


def test_it_lets_a_person_see_the_samples(viewer: User) -> None:
    call_command("load_samples", viewer="Viewer@example.org")
    assert Membership.objects.get(user=viewer, organisation_id=SAMPLE_ORGANISATION_ID).role == "viewer"


def test_it_says_who_is_unknown(db: None) -> None:
    with pytest.raises(CommandError, match=r"Nobody has signed up as nobody@example\.org"):
        call_command("load_samples", viewer="nobody@example.org")


def test_it_runs_every_plan_again(
    organisation: Organisation, other_organisation: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    for owner in (organisation, other_organisation):
        with scope(organisation=owner):
            plan_create(organisation=owner, document=template("support-chat").json)
    call_command("rerun", all=True)
    assert "2 runs queued, 0 plans" in capsys.readouterr().out
    call_command("rerun", all=True)
    assert "0 runs queued, 2 plans" in capsys.readouterr().out


def test_it_computes_again_what_is_there_when_forced(organisation: Organisation) -> None:
    with scope(organisation=organisation):
        plan_create(organisation=organisation, document=template("support-chat").json)
        call_command("rerun", organisation=str(organisation.id))
        assert run_execute(run_id=Run.objects.get().id)
    call_command("rerun", organisation=str(organisation.id), force=True)
    assert _count(Run) == 2


def test_it_goes_on_after_a_plan_that_cannot_be_evaluated(
    organisation: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = template("support-chat").document
    broken["options"][0]["primary"]["model"] = "nobody/knows-this"
    with scope(organisation=organisation):
        plan_create(organisation=organisation, document=broken)
        plan_create(organisation=organisation, document=template("support-chat").json)
    call_command("rerun", all=True)
    written = capsys.readouterr()
    assert "Not started: Support chat" in written.err
    assert "1 runs queued" in written.out


def test_it_leaves_a_mark_that_it_swept(db: None) -> None:
    call_command("sweep", once=True)
    assert ServiceBeat.objects.filter(name="sweeper").exists()


def test_it_ends_sweeping_on_term(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DANEGELD_DATABASE_URL": f"sqlite:///{tmp_path / 'sweep.sqlite3'}",
        "DANEGELD_VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
    }
    # Without tables each round fails: the sweeper outlives that, as it outlives a database that restarts.
    sweeper = subprocess.Popen(
        [sys.executable, "manage.py", "sweep"],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sweeper.stdout
    assert sweeper.stderr
    with sweeper:
        first_word = sweeper.stderr.readline() or sweeper.stdout.readline()
        sweeper.send_signal(signal.SIGTERM)
        assert sweeper.wait(timeout=60) == 0
    assert "sweep_failed" in first_word
