"""How a figure is worked out, of a run and of a plan that is only asked about."""

import uuid

import pytest

from accounts.models import Organisation, User
from planner.operations.run_execute import run_execute
from tests.api.callers import Caller, assert_problem, body, example


@pytest.fixture
def editor(colleague: User) -> Caller:
    """A person who may start runs."""
    return Caller.of(colleague)


@pytest.fixture
def run_id(editor: Caller) -> str:
    """A finished run."""
    started: str = body(editor.send("POST", f"plans/{editor.create_plan()['id']}/runs"))["id"]
    run_execute(run_id=uuid.UUID(started))
    return started


def test_it_works_a_figure_of_a_run_out_down_to_its_inputs(editor: Caller, run_id: str) -> None:
    node = body(editor.get(f"runs/{run_id}/trace?figure=options.today.npv&depth=4"))
    result = body(editor.get(f"runs/{run_id}/result"))
    today = next(option for option in result["options"] if option["id"] == "today")
    assert node["value"] == pytest.approx(today["npv"])
    assert sum(part["value"] for part in node["inputs"]) == pytest.approx(node["value"])
    assert any(part["address"] == "inputs.finance.discount_rate" for part in node["inputs"][0]["inputs"])


def test_it_takes_the_id_of_a_cell(editor: Caller, run_id: str) -> None:
    cells = {
        "metrics.today.tco": "options.today.tco",
        "cash_flow_months.today.api_fees.m3": "options.today.cash.api_fees.m3",
    }
    for cell, address in cells.items():
        node = body(editor.get(f"runs/{run_id}/trace?figure={cell}&depth=0"))
        assert (node["address"], node["inputs"], node["has_more"]) == (address, [], True)


def test_it_gives_an_input_its_source(db: None) -> None:
    path = "evaluate/trace?figure=inputs.finance.discount_rate"
    node = body(Caller.of(None).send("POST", path, example()))
    assert (node["inputs"], node["has_more"]) == ([], False)
    assert node["source"]["origin"] == "yours"


def test_it_knows_no_other_figures(editor: Caller, run_id: str) -> None:
    for figure in ("options.nobody.npv", "metrics.today.nothing", "profit_months.nobody.tax.m1", "checks"):
        assert_problem(editor.get(f"runs/{run_id}/trace?figure={figure}"), 404, "unknown_figure")
    assert_problem(Caller.of(None).send("POST", "evaluate/trace?figure=npv", example()), 404, "unknown_figure")


@pytest.mark.parametrize("query", ["", "figure=", "figure=a b", "figure=options.today.npv&depth=5", "figure=a&deep=1"])
def test_it_says_which_parameter_is_wrong(query: str, db: None) -> None:
    assert_problem(Caller.of(None).send("POST", f"evaluate/trace?{query}", example()), 400, "bad_parameter")


def test_it_has_nothing_to_trace_before_the_end(editor: Caller) -> None:
    waiting = body(editor.send("POST", f"plans/{editor.create_plan()['id']}/runs"))["id"]
    assert_problem(editor.get(f"runs/{waiting}/trace?figure=options.today.npv"), 409, "conflict")


def test_it_does_not_explain_figures_by_another_engine(
    editor: Caller, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.operations.run_inputs.ENGINE_VERSION", "later")
    problem = assert_problem(editor.get(f"runs/{run_id}/trace?figure=options.today.npv"), 409, "conflict")
    assert "can no longer be worked out again" in problem["detail"]


def test_it_shows_members_only(viewer: User, stranger: User, other_organisation: Organisation, run_id: str) -> None:
    path = f"runs/{run_id}/trace?figure=options.today.npv"
    assert Caller.of(viewer).get(path).status_code == 200
    assert_problem(Caller.of(stranger).get(path), 404, "not_found")
    assert_problem(Caller.of(None).get(path), 401, "not_authenticated")
