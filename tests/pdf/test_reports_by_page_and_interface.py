"""Asking for a report and fetching it: by page and by program."""

from __future__ import annotations

import base64
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import ReportFile, Run, RunState
from planner.operations.report_execute import Made, report_execute
from planner.operations.run_claim import run_claim, run_finish
from tests.api.callers import Caller, assert_problem, body
from tests.people import client_of

LOGO = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 2'><path d='M0 0h4v2z'/></svg>"


@pytest.fixture
def editor(colleague: User) -> Caller:
    return Caller.of(colleague)


@pytest.fixture
def plan(editor: Caller) -> str:
    """A plan with a finished run whose result nobody reads."""
    plan = str(editor.create_plan()["id"])
    claim = run_claim(run_id=uuid.UUID(body(editor.send("POST", f"plans/{plan}/runs"))["id"]))
    assert claim is not None
    assert run_finish(run_id=claim.run.id, token=claim.token, document=b"{}", result_hash="0" * 64)
    return plan


def finish(report_id: str) -> None:
    made = Made(b"%PDF-1.7 " + report_id.encode(), ("a-2a", "ua-1"), b"\x89PNG")
    assert report_execute(report_id=uuid.UUID(report_id), make=lambda _report, _told: made)


def test_a_program_asks_waits_and_fetches(editor: Caller, plan: str) -> None:
    answer = editor.send("POST", f"plans/{plan}/reports", {"audience": "finance", "paper": "letter"})
    assert answer.status_code == 202
    report = body(answer)
    assert answer.headers["Location"] == report["url"]
    assert (report["state"], report["audience"], report["pdf_url"]) == ("queued", "finance", None)
    assert_problem(editor.get(f"reports/{report['id']}/report.pdf"), 409, "conflict")
    finish(report["id"])
    done = body(editor.get(f"reports/{report['id']}"))
    assert (done["state"], done["standards"]) == ("succeeded", "a-2a, ua-1")
    pdf = editor.get(done["pdf_url"].removeprefix("/api/v1/"))
    assert pdf.content.startswith(b"%PDF-1.7")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="support-chat-run-1-finance.pdf"'
    assert editor.get(f"reports/{report['id']}/report.pdf", If_None_Match=pdf.headers["ETag"]).status_code == 304
    listed = body(editor.get(f"plans/{plan}/reports"))
    assert [each["id"] for each in listed["items"]] == [report["id"]]


def test_the_same_key_asks_once(editor: Caller, plan: str) -> None:
    first = body(editor.send("POST", f"plans/{plan}/reports", {}, Idempotency_Key="one"))
    again = body(editor.send("POST", f"plans/{plan}/reports", {}, Idempotency_Key="one"))
    assert first["id"] == again["id"]


def test_a_wrong_wish_is_refused_by_name(editor: Caller, plan: str) -> None:
    wrong = {
        "kind": "poem",
        "colour": "red",
        "language": "xx",
        "logo": base64.b64encode(b"GIF89a").decode(),
        "classification": "x" * 61,
    }
    for path, value in wrong.items():
        answer = editor.send("POST", f"plans/{plan}/reports", {path: value})
        assert answer.status_code == 422
        assert [error["path"] for error in body(answer)["errors"]] == [path]
    for letters in ("no base64!", "日本語"):
        assert editor.send("POST", f"plans/{plan}/reports", {"logo": letters}).status_code == 422


def test_a_plan_without_a_run_has_no_report(editor: Caller) -> None:
    plan = editor.create_plan()["id"]
    assert_problem(editor.send("POST", f"plans/{plan}/reports", {}), 409, "conflict")


def test_a_program_cancels_and_deletes(editor: Caller, plan: str) -> None:
    report = body(editor.send("POST", f"plans/{plan}/reports"))
    assert_problem(editor.send("DELETE", f"reports/{report['id']}"), 409, "conflict")
    assert body(editor.send("POST", f"reports/{report['id']}/cancel"))["state"] == "cancelled"
    assert editor.send("DELETE", f"reports/{report['id']}").status_code == 204
    assert_problem(editor.get(f"reports/{report['id']}"), 404, "not_found")


def test_a_stranger_sees_nothing_and_a_viewer_only_reads(
    editor: Caller, plan: str, stranger: User, other_organisation: Organisation, viewer: User
) -> None:
    report = body(editor.send("POST", f"plans/{plan}/reports"))
    finish(report["id"])
    for path in (f"reports/{report['id']}", f"reports/{report['id']}/report.pdf", f"plans/{plan}/reports"):
        assert_problem(Caller.of(stranger).get(path), 404, "not_found")
        assert Caller.of(viewer).get(path).status_code == 200
    assert_problem(Caller.of(viewer).send("POST", f"plans/{plan}/reports"), 403, "permission_denied")


def test_a_page_asks_lists_and_shows(plan: str, colleague: User, organisation: Organisation) -> None:
    client = client_of(colleague)
    assert "It will be about run 1" in client.get(f"/plans/{plan}/report").content.decode()
    form = {
        "kind": "board", "audience": "board", "paper": "a4", "language": "en", "classification": "Confidential",
        "shows_people_costs": "on", "logo": SimpleUploadedFile("logo.svg", LOGO),
    }  # fmt: skip
    assert client.post(f"/plans/{plan}/report", form).status_code == 302
    with scope(organisation=organisation):
        report = ReportFile.objects.get()
        assert bytes(report.logo or b"") == LOGO
        assert report.live_url.endswith(f"/plans/{plan}")
    assert "hx-trigger" in client.get(f"/plans/{plan}/report/list").content.decode()
    finish(str(report.id))
    page = client.get(f"/plans/{plan}/report").content.decode()
    assert f"/reports/{report.id}/report.pdf" in page
    assert f"/reports/{report.id}/preview.png" in page
    assert client.get(f"/reports/{report.id}/preview.png").headers["Content-Type"] == "image/png"
    assert client.post(f"/reports/{report.id}/delete").status_code == 302
    with scope(organisation=organisation):
        assert not ReportFile.objects.exists()


def test_a_page_says_what_is_wrong(plan: str, colleague: User) -> None:
    form = {"kind": "board", "audience": "board", "paper": "a4", "language": "en"}
    answer = client_of(colleague).post(
        f"/plans/{plan}/report", form | {"logo": SimpleUploadedFile("logo.png", b"GIF89a")}
    )
    assert answer.status_code == 422
    assert "A logo is a PNG, a JPEG or an SVG" in answer.content.decode()


def test_a_plan_without_a_run_leads_to_one(editor: Caller, colleague: User) -> None:
    plan = editor.create_plan()["id"]
    client: Client = client_of(colleague)
    assert "A report needs a finished run" in client.get(f"/plans/{plan}/report").content.decode()


def test_a_cancelled_page_report_ends(plan: str, editor: Caller, colleague: User, organisation: Organisation) -> None:
    report = body(editor.send("POST", f"plans/{plan}/reports"))
    assert client_of(colleague).post(f"/reports/{report['id']}/cancel").status_code == 302
    with scope(organisation=organisation):
        assert ReportFile.objects.get().state == RunState.CANCELLED
        assert Run.objects.get().state == RunState.SUCCEEDED
