"""The interface changes on purpose only: its description is committed, and what breaks programs is named."""

import copy
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from planner.api.compatibility import breaking_changes
from planner.api.schemas import openapi_document
from planner.management.commands.openapi import SNAPSHOT, snapshot_text

TABLE = "/api/v1/plans/{plan_id}/{table}.{suffix}"
VERDICT = "/api/v1/plans/{plan_id}/verdict.json"


def test_it_is_the_committed_description() -> None:
    committed = orjson.loads(SNAPSHOT.read_bytes())
    assert breaking_changes(committed, openapi_document()) == [], "existing programs would notice: see docs/api.md"
    assert SNAPSHOT.read_bytes() == snapshot_text(), "look at the difference and run: manage.py openapi --accept"


def _without_operation(document: dict[str, Any]) -> None:
    del document["paths"][VERDICT]


def _without_parameter(document: dict[str, Any]) -> None:
    parameters = document["paths"][TABLE]["get"]["parameters"]
    parameters[:] = [each for each in parameters if each["name"] != "dialect"]


def _without_table(document: dict[str, Any]) -> None:
    table = next(each for each in document["paths"][TABLE]["get"]["parameters"] if each["name"] == "table")
    table["schema"]["enum"].remove("cashflows")


def _with_required_parameter(document: dict[str, Any]) -> None:
    next(each for each in document["paths"][TABLE]["get"]["parameters"] if each["name"] == "by")["required"] = True


def _without_parquet(document: dict[str, Any]) -> None:
    del document["paths"][TABLE]["get"]["responses"]["200"]["content"]["application/vnd.apache.parquet"]


def _without_property(document: dict[str, Any]) -> None:
    del document["components"]["schemas"]["Verdict"]["properties"]["p_cheapest"]


def _with_other_type(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Verdict"]["properties"]["is_stale"]["type"] = "string"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_without_operation, f"GET {VERDICT} is gone"),
        (_without_parameter, "the query parameter dialect is gone"),
        (_without_table, "table no longer takes cashflows"),
        (_with_required_parameter, "the query parameter by is newly required"),
        (_without_parquet, "no longer answers 200 as application/vnd.apache.parquet"),
        (_without_property, "p_cheapest is gone"),
        (_with_other_type, "is_stale was boolean and is string"),
    ],
)
def test_it_names_what_breaks_programs(change: Callable[[dict[str, Any]], None], says: str) -> None:
    changed = copy.deepcopy(openapi_document())
    change(changed)
    assert any(says in line for line in breaking_changes(openapi_document(), changed))


def test_it_lets_additions_pass() -> None:
    changed = copy.deepcopy(openapi_document())
    changed["paths"]["/api/v1/new"] = changed["paths"][VERDICT]
    changed["components"]["schemas"]["Verdict"]["properties"]["more"] = {"type": "string"}
    assert breaking_changes(openapi_document(), changed) == []
