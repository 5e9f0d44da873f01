"""An edited workbook becomes a revision, by page and by interface, and nobody's change is overwritten unseen."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create, revision_save
from planner.plan.examples import template
from planner.renderers.xlsx.export import MEDIA_TYPE
from tests.api.callers import assert_problem, body
from tests.people import client_of

RATE, TOKENS = "finance.discount_rate", "workloads.support-chat.input_tokens"


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def typed(data: bytes, changes: dict[str, Any], ranges: dict[str, str] | None = None) -> bytes:
    """The workbook with values and ranges typed into its sheet Inputs."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Inputs"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for path, value in changes.items():
        sheet.cell(rows[path], 4).value = value
    for path, text in (ranges or {}).items():
        sheet.cell(rows[path], 7).value = text
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def exported(user: User, plan: Plan) -> bytes:
    answer = client_of(user).get(f"/plans/{plan.id}/workbook.xlsx")
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    return bytes(answer.content)


def sent(user: User, method: str, plan: Plan, data: bytes, **headers: str) -> HttpResponse:
    answer: HttpResponse = client_of(user).generic(  # type: ignore[assignment]  # the test client adds to the answer
        method,
        f"/api/v1/plans/{plan.id}/workbook.xlsx",
        data,
        content_type=MEDIA_TYPE,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    return answer


def test_it_changes_nothing_untyped(plan: Plan, owner: User) -> None:
    assert body(sent(owner, "POST", plan, typed(exported(owner, plan), {})))["differences"] == []


def test_it_shows_the_page_what_was_typed_and_saves_on_acceptance(
    plan: Plan, owner: User, organisation: Organisation
) -> None:
    client, data = client_of(owner), typed(exported(owner, plan), {RATE: 0.17})
    answer = client.post(f"/plans/{plan.id}/workbook", {"file": SimpleUploadedFile("plan.xlsx", data)})
    assert "The workbook changes 1 input" in answer.content.decode()
    with scope(organisation=organisation):
        assert plan.revisions.count() == 1
    accepted = {"based_on": "1", "text": answer.context["text"], "accept": "1"}
    client.post(f"/plans/{plan.id}/import", accepted)
    with scope(organisation=organisation):
        assert '"discount_rate":0.17' in plan.revisions.get(number=2).document


def test_it_takes_ranges_and_inputs_of_the_catalogue(plan: Plan, owner: User) -> None:
    data = typed(exported(owner, plan), {}, {RATE: "8% to 12%"})
    assert_problem(sent(owner, "POST", plan, data), 422, "plan_invalid")
    option = next(each for each in template("support-chat").document["options"] if "accelerator" in each["primary"])
    rent = f"options.{option['id']}.primary.accelerator.rent_per_hour"
    data = typed(exported(owner, plan), {rent: 9.5}, {RATE: "0.08 to 0.12"})
    changed = body(sent(owner, "POST", plan, data))["document"]
    assert changed["finance"]["discount_rate"] == "0.08 to 0.12"
    chosen = next(each for each in changed["options"] if each["id"] == option["id"])
    assert chosen["primary"]["accelerator"]["rent_per_hour"] == 9.5


def test_it_saves_by_interface_unless_somebody_saved_meanwhile(
    plan: Plan, owner: User, colleague: User, organisation: Organisation
) -> None:
    data = typed(exported(owner, plan), {RATE: 0.17})
    saved = sent(colleague, "PUT", plan, data, If_Match='"revision-1"')
    assert (saved.status_code, saved.headers["ETag"]) == (200, '"revision-2"')
    with scope(organisation=organisation):
        document = {**template("support-chat").document, "name": "Meanwhile"}
        revision_save(plan=plan, document=document, based_on=2, saved_by=owner)
    assert_problem(sent(colleague, "PUT", plan, data, If_Match='"revision-3"'), 412, "precondition_failed")
    page = client_of(colleague).post(f"/plans/{plan.id}/workbook", {"file": SimpleUploadedFile("plan.xlsx", data)})
    assert "exported from revision 1" in page.content.decode()


def test_it_refuses_what_is_no_workbook_of_this_plan(plan: Plan, owner: User, organisation: Organisation) -> None:
    assert_problem(sent(owner, "POST", plan, b"PK\x03\x04 broken"), 400, "unreadable")
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.save(file)
    assert_problem(sent(owner, "POST", plan, file.getvalue()), 400, "unreadable")
    with scope(organisation=organisation):
        other = plan_create(organisation=organisation, document=template("nightly-batch").document, created_by=owner)
    assert_problem(sent(owner, "POST", plan, exported(owner, other)), 422, "unprocessable")


def test_it_answers_304_to_who_has_it(plan: Plan, viewer: User) -> None:
    client, address = client_of(viewer), f"/api/v1/plans/{plan.id}/workbook.xlsx"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
