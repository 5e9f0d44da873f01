"""What if, in an address: friendly names and dotted paths, nothing stored."""

import pytest
from django_scopes import scopes_disabled

from planner.models import Result, Revision, Run
from tests.api.callers import Caller, assert_problem, body
from tests.tables.reading import csv_rows


def stored() -> list[int]:
    with scopes_disabled():
        return [model.objects.count() for model in (Revision, Run, Result)]


def best(editor: Caller, plan_id: str, query: str) -> dict[str, dict[str, str]]:
    return {row["option_id"]: row for row in csv_rows(editor.get(f"plans/{plan_id}/whatif.csv?{query}"))}


def test_it_answers_at_once_and_stores_nothing(editor: Caller, plan_id: str) -> None:
    before = stored()
    plain = best(editor, plan_id, "")
    more = best(editor, plan_id, "volume_growth=0.07&api_price_change=-0.2")
    assert float(more["today"]["npv"]) > float(plain["today"]["npv"])
    assert {row["scenario"] for row in more.values()} == {"what_if"}
    assert all(row["p_cheapest"] and row["npv_p10"] and not row["run_id"] for row in more.values())
    assert stored() == before


def test_it_changes_what_the_plan_would(editor: Caller, plan_id: str) -> None:
    path = "workloads.chat.requests_per_month"
    there = body(editor.get(f"plans/{plan_id}/whatif.json?{path}=7000000"))["rows"]
    document = body(editor.get(f"plans/{plan_id}"))["document"]
    document["workloads"][0]["requests_per_month"] = 7_000_000
    evaluated = body(editor.send("POST", "evaluate?draws=8192", document))
    assert [row["npv"] for row in there] == [option["npv"] for option in evaluated["options"]]
    assert [row["npv_mean"] for row in there] == [evaluated["distribution"][row["option_id"]]["mean"] for row in there]


@pytest.mark.parametrize(
    ("key", "dearer"),
    [
        ("volume_change=0.5", True),
        ("gpu_price_change=0.3", True),
        ("pay_change=0.2", True),
        ("discount_rate=0.3", False),
        ("inflation=0.1", True),
        ("options.host-70b.primary.accelerator.rent_per_hour=9", True),
        ("options.host-70b.primary.tenure=own", None),
        ("workloads.chat.requests_per_month=8m%20to%2012m", True),
    ],
)
def test_it_takes_short_names_paths_and_ranges(editor: Caller, plan_id: str, key: str, dearer: bool | None) -> None:
    plain, changed = (float(best(editor, plan_id, query)["host-70b"]["npv"]) for query in ("", key))
    assert plain != changed
    assert dearer is None or (changed < plain) == dearer


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("volume_grwoth=0.1", 400, 'did you mean "volume_growth"?'),
        ("workloads.chat.requests_per_moth=1", 400, 'did you mean "workloads.chat.requests_per_month"?'),
        ("volume_growth=fast", 400, "takes a number"),
        ("api_price_change=-1", 400, "leaves nothing"),
        ("volume_change=1e400", 400, "too large"),
        ("pay_change=", 400, "no value"),
        ("pay_change=1&pay_change=2", 400, "given twice"),
        ("discount_rate=7", 422, "see errors"),
    ],
)
def test_it_refuses_what_it_does_not_know(editor: Caller, plan_id: str, query: str, status: int, says: str) -> None:
    answer = editor.get(f"plans/{plan_id}/whatif.json?{query}")
    code = "plan_invalid" if status == 422 else "bad_parameter"
    assert says in assert_problem(answer, status, code)["detail"]


def test_it_reserves_the_address_of_usage(editor: Caller, plan_id: str) -> None:
    problem = assert_problem(editor.send("PUT", f"plans/{plan_id}/usage/2026-10"), 501, "not_implemented_yet")
    assert "day, model, input, cached, output, requests, cost" in problem["detail"]
