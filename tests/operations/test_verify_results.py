"""`manage.py verify_results` computes stored runs again and names what comes out differently."""

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from accounts.models import Organisation
from planner.models import Run
from planner.operations.plan_edit import plan_create
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.plan.examples import template


@pytest.fixture
def runs(organisation: Organisation, in_scope: None) -> list[Run]:
    """Two finished runs with seeds of their own."""
    plan = plan_create(organisation=organisation, document=template("support-chat").json)
    started = [run_start(plan=plan, seed=seed).run for seed in (1, 2)]
    assert all(run_execute(run_id=run.id) for run in started)
    return started


def test_it_finds_the_stored_results(runs: list[Run], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_results")
    assert capsys.readouterr().out == "2 of 2 results are the stored ones.\n"


def test_it_names_what_differs(runs: list[Run], monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.operations import run_verify

    with scopes_disabled(), monkeypatch.context() as changed:
        changed.setattr(run_verify, "result_hash", lambda _document: "other")
        with pytest.raises(CommandError, match="2 of 2 results differ"):
            call_command("verify_results")
