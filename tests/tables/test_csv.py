"""CSV as spreadsheets open it: locales, marks, names that look like formulas, errors a person can read."""

import csv
from io import StringIO

import pytest
from django.http import HttpResponse

from tests.api.callers import Caller, body, example
from tests.tables.reading import csv_rows

HOSTILE = ("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "＝1+1", "+1", "-1+cmd", "－1")


def error_of(answer: HttpResponse, delimiter: str = ",") -> tuple[str, str]:
    text = answer.content.decode().removeprefix("\ufeff")
    header, row = csv.reader(StringIO(text), delimiter=delimiter)
    assert header == ["error", "detail"]
    return row[0], row[1]


def test_it_writes_the_european_dialect(editor: Caller, plan_id: str) -> None:
    plain = csv_rows(editor.get(f"plans/{plan_id}/cashflows.csv"))
    european = csv_rows(editor.get(f"plans/{plan_id}/cashflows.csv?dialect=eu"), delimiter=";")
    assert [row["amount"].replace(",", ".") for row in european] == [row["amount"] for row in plain]
    assert any("," in row["amount"] for row in european)
    assert european[0]["period_start"] == plain[0]["period_start"] == "2027-01-01"


def test_it_marks_utf_8_when_asked(editor: Caller, plan_id: str) -> None:
    assert not editor.get(f"plans/{plan_id}/summary.csv").content.startswith(b"\xef\xbb\xbf")
    assert editor.get(f"plans/{plan_id}/summary.csv?bom=1").content.startswith(b"\xef\xbb\xbfplan_id,")


def test_it_adds_periods_up(editor: Caller, plan_id: str) -> None:
    sums = {}
    for by in ("month", "quarter", "fiscal_year", "total"):
        rows = csv_rows(editor.get(f"plans/{plan_id}/cashflows.csv?by={by}"))
        sums[by] = sum(float(row["amount"]) for row in rows if row["line"] == "cash_flow")
        assert (rows[0]["month"] == "0") == (by == "month")
    assert sums == pytest.approx(dict.fromkeys(sums, sums["total"]), rel=1e-12)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_keeps_hostile_names_text(editor: Caller, name: str) -> None:
    document = example(name=name)
    document["options"][0]["name"] = name
    document["workloads"][0]["name"] = name
    plan = body(editor.send("POST", "plans", document, Idempotency_Key="one"))
    for table in ("summary", "volumes", "cashflows", "inputs", "figures"):
        rows = csv.reader(StringIO(editor.get(f"plans/{plan['id']}/{table}.csv").content.decode(), newline=""))
        texts = [value for row in rows for value in row if not _is_number(value)]
        assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))], (
            table
        )
    assert body(editor.get(f"plans/{plan['id']}/summary.json"))["rows"][0]["option"] == name


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("sumary.csv", "404", 'did you mean "summary"?'),
        ("summary.csv?by=month", "400", "It takes dialect, bom"),
        ("cashflows.csv?by=week", "400", "none of month, quarter, fiscal_year, total"),
        ("cashflows.csv?dialect=uk", "400", "neither us"),
        ("cashflows.csv?bom=yes", "400", "neither 0 nor 1"),
        ("sensitivity.csv", "409", "no run of this plan has finished"),
        ("revisions/1.csv", "404", "nothing at this address"),
    ],
)
def test_it_says_errors_in_two_columns(editor: Caller, plan_id: str, query: str, status: str, says: str) -> None:
    answer = editor.get(f"plans/{plan_id}/{query}")
    assert str(answer.status_code) == status
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    code, detail = error_of(answer)
    assert code == status
    assert says in detail


def test_it_says_errors_in_the_dialect_asked_for(editor: Caller, plan_id: str) -> None:
    assert error_of(editor.get(f"plans/{plan_id}/sumary.csv?dialect=eu&bom=1"), delimiter=";")[0] == "404"


def test_it_asks_spreadsheets_for_a_password(plan_id: str) -> None:
    answer = Caller.of(None).get(f"plans/{plan_id}/summary.csv")
    assert error_of(answer)[0] == "401"
    assert "Basic" in answer.headers["WWW-Authenticate"]
