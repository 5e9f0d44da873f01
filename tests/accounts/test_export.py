"""An owner takes everything along: every table, every document, no secret."""

import csv
import io
import json
import zipfile

import pytest
from django_scopes import scope

from accounts.models import AuditEntry, KeyScope, Membership, Organisation, User
from accounts.operations import organisation_export
from accounts.operations.api_keys import api_key_create
from accounts.operations.export import exported_models
from planner.operations.plan_edit import plan_create, plan_rename
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.operations.share import ShareWish, share_create
from tests.api.callers import Caller, example
from tests.people import client_of


@pytest.fixture
def archive(
    organisation: Organisation, owner: User, stranger: User, other_organisation: Organisation
) -> zipfile.ZipFile:
    with scope(organisation=other_organisation):
        plan_create(organisation=other_organisation, document=example(name="Of strangers"), created_by=stranger)
    member = Membership.objects.select_related("organisation", "user").get(user=owner)
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=example(name="=HYPERLINK(1)"), created_by=owner)
        plan_rename(plan=plan, name="Second name")
        assert run_execute(run_id=run_start(plan=plan).run.id)
        share_create(by=member, plan=plan, wish=ShareWish("Board", password="halibut"))
        api_key_create(by=member, name="=1+1", scopes=[KeyScope.PLANS_READ])
        return zipfile.ZipFile(organisation_export(by=member))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode())))


def test_it_holds_every_table_of_the_organisation(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    assert {f"{model._meta.label_lower}.csv" for model in exported_models()} <= names
    assert {"README.txt", "organisation.json", "members.csv"} <= names
    assert json.loads(archive.read("organisation.json"))["name"] == "Example Ltd"
    assert rows(archive, "members")[0]["email"] == "owner@example.org"
    assert len(rows(archive, "planner.plan")) == 1
    assert len(rows(archive, "planner.revision")) == 2
    assert len(rows(archive, "accounts.auditentry")) >= 4


def test_it_holds_documents_as_files(archive: zipfile.ZipFile, colleague: User) -> None:
    revisions = rows(archive, "planner.revision")
    document = json.loads(archive.read(revisions[0]["document"]))
    assert document["name"] == "=HYPERLINK(1)"
    answer = Caller.of(colleague).send("POST", "plans", document, Idempotency_Key="again")
    assert answer.status_code == 201
    result = json.loads(archive.read(rows(archive, "planner.result")[0]["document"]))
    assert result["verdict"]["headline"]


def test_it_holds_no_secret_and_nothing_foreign(archive: zipfile.ZipFile) -> None:
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Of strangers" not in everything
    for table in ("accounts.apikey", "planner.share", "accounts.invitation"):
        head = archive.read(f"{table}.csv").decode().partition("\n")[0]
        assert not any(word in head for word in ("secret", "password", "token"))


def test_it_marks_text_that_looks_like_a_formula(archive: zipfile.ZipFile) -> None:
    assert rows(archive, "accounts.apikey")[0]["name"] == "'=1+1"


def test_it_is_downloaded_by_owners_and_logged(organisation: Organisation, owner: User, colleague: User) -> None:
    answer = client_of(owner).post("/organisation/data/export")
    assert answer.headers["Content-Type"] == "application/zip"
    assert "danegeld-example-ltd-" in answer.headers["Content-Disposition"]
    assert "members.csv" in zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()
    assert client_of(colleague).post("/organisation/data/export").status_code == 403
    with scope(organisation=organisation):
        assert [entry.action for entry in AuditEntry.objects.all()] == ["data_exported"]
