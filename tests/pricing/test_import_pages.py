"""The import pages and the command: for staff, nothing changes before somebody accepts it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from pricing.models import ImportDifference, PriceImport
from pricing.operations import catalogue_load
from pricing.queries import catalogue_of, revision_number
from tests.people import client_of

pytestmark = pytest.mark.django_db

HEAD = "model,input_price,output_price,effective_from,source,as_of\n"
GOOD = "openai/gpt-x,2.5,10,2026-11-01,https://example.org/prices,2026-11-20\n"


@pytest.fixture
def keeper(owner: User) -> Client:
    owner.is_staff = True
    owner.save()
    return client_of(owner)


def test_it_keeps_others_out(client: Client, colleague: User) -> None:
    assert client.get("/prices/imports").status_code == 302
    assert client_of(colleague).get("/prices/imports").status_code == 403


def test_it_compares_a_file_and_adds_what_is_accepted(keeper: Client) -> None:
    catalogue_load()
    before = revision_number()
    answer = keeper.post("/prices/imports", {"file": _file(HEAD + GOOD)})
    made = PriceImport.objects.get()
    assert answer["Location"] == f"/prices/imports/{made.pk}"
    assert "openai/gpt-x" in keeper.get(answer["Location"]).content.decode()
    assert revision_number() == before
    keeper.post(answer["Location"], {"action": "accept", "difference": [str(made.differences.get().pk)]})
    assert revision_number() > before
    assert catalogue_of(made.taken_on).api_prices("openai/gpt-x") is not None


def test_it_reports_a_bad_file_and_changes_nothing(keeper: Client) -> None:
    answer = keeper.post("/prices/imports", {"file": _file(HEAD + GOOD.replace("2.5", "-2.5"))})
    assert answer.status_code == 422
    assert "Line 2, input_price" in answer.content.decode()
    assert PriceImport.objects.count() == 0


def test_it_remembers_what_was_refused(keeper: Client) -> None:
    keeper.post("/prices/imports", {"file": _file(HEAD + GOOD)})
    made = PriceImport.objects.get()
    keeper.post(f"/prices/imports/{made.pk}", {"action": "refuse", "difference": [str(made.differences.get().pk)]})
    assert made.differences.get().decision == ImportDifference.Decision.REFUSED


def test_it_compares_by_command_and_accepts_only_if_asked(tmp_path: Path) -> None:
    catalogue_load()
    file = tmp_path / "prices.csv"
    file.write_text(HEAD + GOOD, encoding="utf-8")
    out = io.StringIO()
    call_command("import_prices", str(file), stdout=out)
    assert "1 differences, 0 accepted" in out.getvalue()
    call_command("import_prices", str(file), "--accept", stdout=out)
    assert "1 differences, 1 accepted" in out.getvalue()


def test_it_refuses_a_bad_file_by_command(tmp_path: Path) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("nothing", encoding="utf-8")
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("import_prices", str(file))


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("prices.csv", text.encode(), content_type="text/csv")
