"""Hostile text in every place that takes text: never a server error, never an effect, never a formula or a script."""

import csv
import io
import re
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from accounts.models import User
from planner.models import Plan
from planner.renderers.csv_table import table_csv
from planner.report.types import Cell, Column, Row, Table
from tests.api.callers import Caller, example
from tests.hostile import FORMULAS, PATHS, SCRIPTS, SQL
from tests.people import client_of

ASKED = ("/api/v1/prices?{}", "/api/v1/plans?{}", "/prices?{}", "/models?{}", "/plans?{}")
NAMED = (
    "/plans/{}",
    "/draft/tables/{}.csv",
    "/prices/models/{}",
    "/api/v1/runs/{}",
    "/s/{}",
    "/invitation/{}",
    "/static/{}",
)


def statuses(client: Client, paths: list[str]) -> dict[str, int]:
    """The paths that were answered with a server error."""
    client.raise_request_exception = False
    found = {path: client.get(path).status_code for path in paths}
    return {path: status for path, status in found.items() if status >= 500}


def test_it_takes_hostile_parameters_for_text(owner: User) -> None:
    client = client_of(owner)
    paths = [
        address.format(urlencode({name: text}))
        for at, text in enumerate((*SQL[::2], *SCRIPTS, *FORMULAS[::4]))
        for address, name in [(ASKED[at % len(ASKED)], ("q", "model", "as_of", "cursor", "page", "limit")[at % 6])]
    ]
    assert statuses(client, paths) == {}


def test_it_takes_hostile_names_for_names(owner: User) -> None:
    client = client_of(owner)
    paths = [
        address.format(quote(text)) for at, text in enumerate(PATHS) for address in (NAMED[at % len(NAMED)], NAMED[-1])
    ]
    assert statuses(client, paths) == {}


def test_it_stores_hostile_names_as_they_are(colleague: User) -> None:
    caller = Caller.of(colleague)
    kept = []
    for text in (*SQL[::9], *SCRIPTS[::3], *FORMULAS[::11]):
        answer = caller.send("POST", "plans", example(name=text), Idempotency_Key=quote(text))
        assert answer.status_code in (201, 400, 422), (text, answer.content)
        kept += [text] if answer.status_code == 201 else []
    with scopes_disabled():
        assert sorted(Plan.objects.values_list("name", flat=True)) == sorted(kept)
    page = caller.client.get("/plans").content.decode()
    assert len(kept) >= 20
    assert not re.search(r"<script>alert|<img src=x|<svg/onload|<b id=hostile|<iframe", page)


@pytest.mark.parametrize("text", FORMULAS)
def test_it_writes_no_formula_into_a_csv(text: str) -> None:
    column = Column("value", text, "text")
    row = Row(text, text, (Cell(text, text, "text", reason=text),))
    (_head, *lines) = csv.reader(io.StringIO(table_csv(Table("table", text, (column,), (row,)))))
    assert [
        cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    ] == []
