"""Real processes are broken; nothing is lost and nothing is written twice."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.faults.record import PAGE, ROOT, page, record, recorded

EMBEDDED_AND_SERVERS = (
    "embedded",
    pytest.param("servers", marks=[pytest.mark.postgres, pytest.mark.redis]),
)
SERVERS = (pytest.param("servers", marks=[pytest.mark.postgres, pytest.mark.redis]),)
RABBITMQ = pytest.param("rabbitmq", marks=[pytest.mark.postgres, pytest.mark.rabbitmq])


def _drill(name: str, profile: str, *, full: bool) -> dict[str, Any]:
    """Run one drill in a process of its own: it sets Django up on a database of its own."""
    arguments = [sys.executable, "-m", "tests.faults.drills", name, profile, *(["--full"] if full else [])]
    done = subprocess.run(arguments, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    if full:
        record(figures)
    return figures


def _assert_nothing_lost(figures: dict[str, Any]) -> None:
    assert figures["violations"] == []
    assert (figures["lost"], figures["written_twice"], figures["different_results"]) == (0, 0, 0)


def test_it_loses_nothing_when_a_worker_is_killed() -> None:
    figures = _drill("kill_worker", "embedded", full=False)
    _assert_nothing_lost(figures)
    assert figures["failed"] == {}


def test_it_shows_the_figures_on_file() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(recorded())


@pytest.mark.fault
@pytest.mark.parametrize("profile", [*EMBEDDED_AND_SERVERS, RABBITMQ])
def test_it_loses_nothing_in_twenty_kills_during_a_thousand_runs(profile: str) -> None:
    figures = _drill("kill_worker", profile, full=True)
    _assert_nothing_lost(figures)
    assert (figures["runs"], figures["kills"], figures["failed"]) == (1000, 20, {})
    assert figures["extra_executions"] <= 100
    assert figures["running_again_max_s"] <= 45


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_loses_nothing_when_single_processes_are_killed(profile: str) -> None:
    figures = _drill("killed_child", profile, full=True)
    _assert_nothing_lost(figures)
    assert (figures["kills"], figures["failed"]) == (50, {})


@pytest.mark.fault
def test_it_loses_nothing_on_one_machine_that_is_killed_again_and_again() -> None:
    figures = _drill("killed_house", "embedded", full=True)
    _assert_nothing_lost(figures)
    assert (figures["bad_answers"], figures["locked"], figures["integrity_check"]) == (0, 0, "ok")


@pytest.mark.fault
@pytest.mark.parametrize("profile", SERVERS)
def test_it_loses_nothing_when_the_database_restarts(profile: str) -> None:
    figures = _drill("database_restart", profile, full=True)
    _assert_nothing_lost(figures)
    assert figures["bad_answers"] == 0
    assert figures["serving_again_max_s"] <= 15


@pytest.mark.fault
@pytest.mark.parametrize("profile", SERVERS)
def test_it_says_so_when_the_database_is_locked(profile: str) -> None:
    figures = _drill("slow_database", profile, full=True)
    assert set(figures["answers"]) == {"503"}
    assert figures["slowest_s"] <= 30
    assert figures["after"] == 200


@pytest.mark.fault
@pytest.mark.parametrize("profile", SERVERS)
def test_it_stores_as_many_runs_as_it_accepts(profile: str) -> None:
    figures = _drill("many_submissions", profile, full=True)
    assert set(figures["answers"]) <= {"202", "429"}
    assert figures["rows"] == figures["answers"]["202"]
    assert figures["without_retry_after"] == 0


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_computes_the_same_after_a_restore(profile: str) -> None:
    figures = _drill("backup", profile, full=True)
    _assert_nothing_lost(figures)
    assert figures["restored"] == "200 of 200 results are the stored ones"


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_gives_up_a_poisonous_run_and_computes_the_others(profile: str) -> None:
    figures = _drill("poison_run", profile, full=True)
    _assert_nothing_lost(figures)
    assert figures["failed"] == {"lost": 1}


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_refuses_the_writes_of_a_worker_back_from_the_dead(profile: str) -> None:
    figures = _drill("frozen_worker", profile, full=True)
    _assert_nothing_lost(figures)
    assert figures["writes_refused"] > 0


@pytest.mark.fault
@pytest.mark.parametrize("profile", [*SERVERS, RABBITMQ])
def test_it_loses_nothing_with_the_broker(profile: str) -> None:
    figures = _drill("lost_broker", profile, full=True)
    _assert_nothing_lost(figures)
    assert figures["failed"] == {}
    assert figures["start_without_broker_s"] <= 1
    assert figures["working_after_return_max_s"] <= 60


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_stops_in_good_order(profile: str) -> None:
    figures = _drill("stopped_worker", profile, full=True)
    _assert_nothing_lost(figures)
    assert figures["failed"] == {}
    assert figures["stop_max_s"] <= 30


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_lets_nobody_wait_behind_a_backlog(profile: str) -> None:
    figures = _drill("noisy_neighbour", profile, full=True)
    assert figures["violations"] == []
    assert figures["waited_s"] <= 10
    assert figures["backlog_then"] > 0


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_does_equal_requests_once_and_loses_no_change(profile: str) -> None:
    figures = _drill("same_requests", profile, full=True)
    assert figures["plans"] == 1
    assert set(figures["created_answers"]) <= {"201", "409"}
    assert figures["changed_answers"] == {"200": 1, "412": 49}
    assert figures["revision"] == 2


@pytest.mark.fault
@pytest.mark.parametrize("profile", EMBEDDED_AND_SERVERS)
def test_it_answers_whatever_is_sent_as_described(profile: str) -> None:
    figures = _drill("described", profile, full=True)
    assert figures["complaints"] == [], figures["said"]
    assert figures["ended_with"] == 0


@pytest.mark.fault
@pytest.mark.parametrize("profile", SERVERS)
def test_it_is_deployed_as_the_page_says(profile: str) -> None:
    figures = _drill("deployment", profile, full=True)
    assert figures["check_deploy"] == "System check identified no issues (0 silenced)"
    assert (figures["first_run"], figures["ready"], figures["mode"]) == ("succeeded", True, "production")
    assert figures["landing_page"]
