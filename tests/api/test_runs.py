"""Starting a run, watching it, reading its result, cancelling it."""

import time
import uuid

import pytest

from accounts.models import Organisation, User
from planner.operations.run_claim import run_claim
from planner.operations.run_execute import run_execute
from tests.api.callers import Caller, assert_problem, body, example


@pytest.fixture
def editor(colleague: User) -> Caller:
    """A person who may start runs."""
    return Caller.of(colleague)


@pytest.fixture
def runs_path(editor: Caller) -> str:
    """The address of a plan's runs."""
    return f"plans/{editor.create_plan()['id']}/runs"


def _started(editor: Caller, runs_path: str) -> dict[str, str]:
    return body(editor.send("POST", runs_path))


def test_it_queues_a_run_and_says_where_to_look(editor: Caller, runs_path: str) -> None:
    answer = editor.send("POST", runs_path)
    assert answer.status_code == 202
    run = body(answer)
    assert answer.headers["Location"] == run["url"] == f"/api/v1/runs/{run['id']}"
    assert (run["state"], run["number"], run["revision"], run["progress"]) == ("queued", 1, 1, 0)
    assert answer.headers["Retry-After"] == "1"


def test_it_computes_what_evaluate_answers(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    assert run_execute(run_id=uuid.UUID(run["id"]))
    state = body(editor.get(f"runs/{run['id']}"))
    assert (state["state"], state["progress"], state["error"]) == ("succeeded", 1000, None)
    result = body(editor.get(f"runs/{run['id']}/result"))
    certain = body(editor.send("POST", f"evaluate?as_of={run['as_of']}", example()))
    # The run adds the distribution; what is certain is the same in both.
    assert [option["npv"] for option in result["options"]] == [option["npv"] for option in certain["options"]]
    assert result["snapshot"] == certain["snapshot"]
    assert set(certain) <= set(result)


def test_it_returns_the_run_of_the_same_input(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    again = editor.send("POST", runs_path)
    assert (again.status_code, body(again)["id"]) == (200, run["id"])
    run_execute(run_id=uuid.UUID(run["id"]))
    finished = editor.send("POST", runs_path)
    assert (finished.status_code, body(finished)["id"]) == (200, run["id"])


def test_it_makes_a_new_run_when_forced(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    run_execute(run_id=uuid.UUID(run["id"]))
    forced = editor.send("POST", f"{runs_path}?force=true")
    assert (forced.status_code, body(forced)["number"]) == (202, 2)
    run_execute(run_id=uuid.UUID(body(forced)["id"]))
    hashes = {body(editor.get(f"runs/{run_id}"))["result_hash"] for run_id in (run["id"], body(forced)["id"])}
    assert len(hashes) == 1


def test_it_makes_a_new_run_for_another_seed(editor: Caller, runs_path: str) -> None:
    _started(editor, runs_path)
    answer = editor.send("POST", runs_path, {"seed": 7})
    assert (answer.status_code, body(answer)["seed"]) == (202, 7)


@pytest.mark.parametrize("wish", [{"seed": -1}, {"seed": "1"}, {"draws": 5}, {"seed": 2**40}])
def test_it_refuses_a_wish_it_does_not_know(editor: Caller, runs_path: str, wish: dict[str, object]) -> None:
    assert_problem(editor.send("POST", runs_path, wish), 422, "plan_invalid")


def test_it_has_no_result_before_the_end(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    assert_problem(editor.get(f"runs/{run['id']}/result"), 409, "conflict")


def test_it_lets_a_finished_result_be_kept(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    run_execute(run_id=uuid.UUID(run["id"]))
    first = editor.get(f"runs/{run['id']}/result")
    assert "immutable" in first.headers["Cache-Control"]
    again = editor.get(f"runs/{run['id']}/result", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_it_cancels_a_waiting_run_at_once(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    answer = editor.send("POST", f"runs/{run['id']}/cancel")
    assert (answer.status_code, body(answer)["state"]) == (200, "cancelled")


def test_it_asks_a_running_run_to_stop(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    assert run_claim(run_id=uuid.UUID(run["id"]))
    answer = editor.send("POST", f"runs/{run['id']}/cancel")
    assert (answer.status_code, body(answer)["cancel_requested"]) == (202, True)


def test_it_cannot_cancel_what_has_ended(editor: Caller, runs_path: str) -> None:
    run = _started(editor, runs_path)
    run_execute(run_id=uuid.UUID(run["id"]))
    assert_problem(editor.send("POST", f"runs/{run['id']}/cancel"), 409, "conflict")


def test_it_says_why_a_plan_cannot_be_run(editor: Caller) -> None:
    document = example()
    document["options"][0]["primary"]["model"] = "nobody/knows-this"
    stored = editor.send("POST", "plans", document, Idempotency_Key="one")
    problem = assert_problem(editor.send("POST", f"plans/{body(stored)['id']}/runs"), 422, "plan_invalid")
    assert problem["errors"][0]["pointer"] == "/options/0/primary/model"


def test_it_lists_the_runs_of_a_plan(editor: Caller, runs_path: str) -> None:
    for seed in (1, 2, 3):
        editor.send("POST", runs_path, {"seed": seed})
    assert [run["number"] for run in body(editor.get(runs_path))["items"]] == [3, 2, 1]


def test_it_lets_a_viewer_look_but_not_start(editor: Caller, viewer: User, runs_path: str) -> None:
    run = _started(editor, runs_path)
    watching = Caller.of(viewer)
    assert watching.get(f"runs/{run['id']}").status_code == 200
    assert_problem(watching.send("POST", runs_path), 403, "permission_denied")
    assert_problem(watching.send("POST", f"runs/{run['id']}/cancel"), 403, "permission_denied")


def test_it_hides_runs_from_strangers(
    editor: Caller, runs_path: str, stranger: User, other_organisation: Organisation
) -> None:
    run = _started(editor, runs_path)
    foreign = Caller.of(stranger)
    for method, path in (("GET", ""), ("GET", "/result"), ("POST", "/cancel")):
        assert_problem(foreign.send(method, f"runs/{run['id']}{path}"), 404, "not_found")


def test_it_waits_until_the_run_has_ended(colleague: User) -> None:
    caller = Caller.of(colleague)
    plan = caller.create_plan()
    run = body(caller.send("POST", f"plans/{plan['id']}/runs"))
    began = time.monotonic()
    assert body(caller.get(f"runs/{run['id']}?wait=1"))["state"] == "queued"
    assert time.monotonic() - began >= 1
    assert run_execute(run_id=uuid.UUID(run["id"]))
    assert body(caller.get(f"runs/{run['id']}?wait=20"))["state"] == "succeeded"
    assert_problem(caller.get(f"runs/{run['id']}?wait=21"), 400, "bad_parameter")
