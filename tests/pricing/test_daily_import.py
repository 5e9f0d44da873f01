"""The sweeper looks at the installed price list once a day where that is allowed, and files each change once."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from pricing.models import ApiPrice, ImportDifference, PriceImport
from pricing.operations import catalogue_load, import_daily
from pricing.operations.catalogue import add_rows, revision_add
from pricing.tables import API_PRICES

pytestmark = pytest.mark.django_db


def other_than_listed(model_id: str, price: str) -> None:
    """The stored price of a model differs from the installed list's."""
    row = ApiPrice.objects.in_force().filter(model_id=model_id).get()
    changed = {**row.row, "prices": {**row.row["prices"], "input": price}}
    revision = revision_add(label="changed", rows_added=1, made_by=None)
    add_rows(API_PRICES, [(changed, row)], revision)


@pytest.fixture
def changed() -> None:
    """The list has one plain change of price, and one of a hundredfold."""
    catalogue_load()
    other_than_listed("openai/gpt-4", "29")
    other_than_listed("openai/gpt-4-turbo", "1000")


def again_tomorrow() -> None:
    """As if the last look had been yesterday."""
    PriceImport.objects.update(taken_on="2026-01-01")


def test_it_is_off_unless_the_installation_wants_it(changed: None) -> None:
    call_command("sweep", "--once")
    assert not PriceImport.objects.exists()


def test_it_files_differences_for_a_person(changed: None, settings: Settings) -> None:
    settings.PRICE_IMPORT = "compare"
    call_command("sweep", "--once")
    waiting = ImportDifference.objects.filter(decision="pending").values_list("model_id", flat=True)
    assert sorted(waiting) == ["openai/gpt-4", "openai/gpt-4-turbo"]


def test_it_lets_the_rule_take_what_is_plain(changed: None, settings: Settings) -> None:
    settings.PRICE_IMPORT = "accept"
    call_command("sweep", "--once")
    decided = dict(ImportDifference.objects.values_list("model_id", "decision"))
    assert decided == {"openai/gpt-4": "accepted", "openai/gpt-4-turbo": "pending"}


def test_it_looks_once_a_day(changed: None, settings: Settings) -> None:
    settings.PRICE_IMPORT = "compare"
    assert import_daily() is not None
    assert import_daily() is None
    assert PriceImport.objects.count() == 1


def test_it_does_not_file_again_what_waits_or_was_refused(changed: None, settings: Settings) -> None:
    settings.PRICE_IMPORT = "compare"
    import_daily()
    ImportDifference.objects.filter(model_id="openai/gpt-4").update(decision="refused", decided_at="2026-11-01T00:00Z")
    again_tomorrow()
    second = import_daily()
    assert second is not None
    assert not second.differences.exists()
    assert ImportDifference.objects.count() == 2
