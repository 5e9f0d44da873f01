"""Every table in every format: the same rows, described columns, headers that tools rely on."""

import pytest

from planner.report.tables import TABLES
from tests.api.callers import Caller, assert_problem, body
from tests.tables.reading import csv_rows, rows_of

SIMULATED = [name for name, spec in TABLES.items() if spec.is_simulated]
CERTAIN = [name for name in TABLES if name not in SIMULATED]
REPEATED = ("plan_id", "run_id", "scenario", "unit", "currency")


def test_it_says_the_same_in_every_format(editor: Caller, plan_id: str, run_id: str) -> None:
    for table, spec in TABLES.items():
        as_csv, as_json, as_parquet = (
            rows_of(editor, f"plans/{plan_id}", table, suffix) for suffix in ("csv", "json", "parquet")
        )
        assert as_json, table
        assert list(as_json[0]) == [column.name for column in spec.columns], table
        assert set(REPEATED) <= set(as_json[0]), table
        assert as_csv == as_json, table
        assert as_parquet == as_json, table
        assert {(row["plan_id"], row["run_id"]) for row in as_json} == {(plan_id, run_id)}, table


def test_it_gives_a_run_the_tables_of_its_plan(editor: Caller, plan_id: str, run_id: str) -> None:
    for table in TABLES:
        latest, run = (editor.get(f"{address}/{table}.csv") for address in (f"plans/{plan_id}", f"runs/{run_id}"))
        assert latest.content == run.content
        assert latest.headers["ETag"] == run.headers["ETag"] == f'"{run_id}/{table}/1"'
        assert run.headers["X-Table-Schema"] == f"{table}/1"
        assert run.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert latest.headers["Cache-Control"] == "private, no-cache"


def test_it_answers_304_to_who_has_it(editor: Caller, plan_id: str, run_id: str) -> None:
    for address in (f"plans/{plan_id}", f"runs/{run_id}"):
        tag = editor.get(f"{address}/summary.csv").headers["ETag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            answer = editor.get(f"{address}/summary.csv", If_None_Match=known)
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer.headers["ETag"] == tag
        assert editor.get(f"{address}/summary.csv", If_None_Match='"other"').status_code == 200
        assert editor.get(f"{address}/summary.json").headers["ETag"] != tag


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
    ],
)
def test_it_takes_the_format_from_the_accept_header(
    editor: Caller, plan_id: str, run_id: str, accept: str, content_type: str
) -> None:
    answer = editor.get(f"plans/{plan_id}/summary", Accept=accept)
    assert answer.headers["Content-Type"] == content_type
    assert "Accept" in answer.headers["Vary"].split(", ")


def test_it_answers_before_the_first_run(editor: Caller, plan_id: str) -> None:
    for table in CERTAIN:
        rows = rows_of(editor, f"plans/{plan_id}", table, "json")
        assert bool(rows) == (table != "verdict_history"), table
        assert {row["run_id"] for row in rows} <= {None}, table
    for table in SIMULATED:
        problem = assert_problem(editor.get(f"plans/{plan_id}/{table}.json"), 409, "conflict")
        assert "no run of this plan has finished" in problem["detail"]


def test_it_says_when_the_plan_has_moved_on(editor: Caller, plan_id: str, run_id: str) -> None:
    assert editor.get(f"plans/{plan_id}/summary.csv").headers["X-Run-Stale"] == "false"
    document = rows_document(editor, plan_id)
    document["finance"]["discount_rate"] = 0.2
    editor.send("PUT", f"plans/{plan_id}", document, If_Match='"revision-1"')
    answer = editor.get(f"plans/{plan_id}/summary.csv")
    assert answer.headers["X-Run-Stale"] == "true"
    assert csv_rows(answer)[0]["revision"] == "1"


def rows_document(editor: Caller, plan_id: str) -> dict[str, dict[str, float]]:
    document: dict[str, dict[str, float]] = body(editor.get(f"plans/{plan_id}"))["document"]
    return document


def test_it_says_how_often_one_may_ask(editor: Caller, plan_id: str) -> None:
    left = [int(editor.get(f"plans/{plan_id}/checks.csv").headers["RateLimit-Remaining"]) for _ in range(2)]
    assert left[0] - left[1] == 1
    assert editor.get("plans").headers["RateLimit-Limit"] == "600"
