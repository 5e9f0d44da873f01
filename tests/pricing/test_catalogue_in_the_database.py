"""The packaged catalogue in the database: loaded once, never overwritten, the same answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from accounts.models import Organisation
from pricing.catalogue import Catalogue
from pricing.models import AcceleratorSpec, ApiPrice, CatalogueRevision, CatalogueRowIsKept, PriceBookEntry
from pricing.operations import add_rows, catalogue_load, revision_add
from pricing.queries import catalogue_of, price_source
from pricing.tables import API_PRICES

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


def test_it_loads_every_packaged_row_and_then_nothing() -> None:
    assert catalogue_load() > 3_000
    assert catalogue_load() == 0
    assert CatalogueRevision.objects.count() == 1


def test_it_answers_like_the_packaged_catalogue() -> None:
    catalogue_load()
    stored, packaged = catalogue_of(TODAY), Catalogue.load(TODAY)
    assert stored.all_api_prices() == packaged.all_api_prices()
    assert stored.accelerators == packaged.accelerators
    assert stored.architectures == packaged.architectures
    assert stored.salaries() == packaged.salaries()
    assert stored.observations() == packaged.observations()


def test_it_stores_a_changed_row_as_a_correction_and_keeps_the_old_one() -> None:
    catalogue_load()
    wrong = ApiPrice.objects.get(key="openai/o3|2025-06-10")
    row = {**wrong.row, "prices": {"input": "2.5", "output": "8", "cached_input": "0.5"}}
    revision = revision_add(label="a correction", rows_added=1, made_by=None)
    add_rows(API_PRICES, [(row, wrong)], revision)
    found = price_source(as_of=date(2025, 7, 1)).api_prices("openai/o3")
    assert found is not None
    assert found.value.input_price == Decimal("2.5")
    assert ApiPrice.objects.filter(key=wrong.key).count() == 2


def test_it_refuses_a_second_row_of_a_key_that_corrects_nothing() -> None:
    catalogue_load()
    first = AcceleratorSpec.objects.get(key="h100-sxm")
    with pytest.raises(IntegrityError), transaction.atomic():
        AcceleratorSpec.objects.create(revision=first.revision, key="h100-sxm", row={}, confidence="found")


def test_it_never_edits_or_deletes_a_row() -> None:
    catalogue_load()
    row = AcceleratorSpec.objects.get(key="h100-sxm")
    with pytest.raises(CatalogueRowIsKept):
        row.save()
    with pytest.raises(CatalogueRowIsKept):
        row.delete()
    with pytest.raises(CatalogueRowIsKept):
        AcceleratorSpec.objects.update(confidence="verified")
    with pytest.raises(CatalogueRowIsKept):
        AcceleratorSpec.objects.all().delete()


def test_it_puts_the_price_book_before_the_catalogue_and_says_so(organisation: Organisation) -> None:
    catalogue_load()
    _book(organisation, "openai/gpt-4o", "2.0")
    found = price_source(as_of=TODAY, organisation=organisation).api_prices("GPT-4o")
    assert found is not None
    assert found.value.input_price == Decimal(2)
    assert (found.source.origin, found.source.label) == ("price_book", "Price book of Example Ltd")


def test_it_keeps_a_price_book_to_its_organisation(
    organisation: Organisation, other_organisation: Organisation
) -> None:
    catalogue_load()
    _book(organisation, "openai/gpt-4o", "2.0")
    for source in (price_source(as_of=TODAY), price_source(as_of=TODAY, organisation=other_organisation)):
        found = source.api_prices("openai/gpt-4o")
        assert found is not None
        assert found.source.origin == "catalogue"


def test_it_takes_a_model_only_the_price_book_knows(organisation: Organisation) -> None:
    _book(organisation, "ourhost/house-model", "0.3")
    found = price_source(as_of=TODAY, organisation=organisation).api_prices("ourhost/house-model")
    assert found is not None
    assert found.value.output_price == Decimal(1)


def test_it_ignores_an_entry_before_its_start_and_after_its_end(organisation: Organisation) -> None:
    _book(organisation, "ourhost/house-model", "0.3", effective_to=date(2026, 10, 1))
    assert price_source(as_of=date(2025, 12, 31), organisation=organisation).api_prices("ourhost/house-model") is None
    assert price_source(as_of=date(2026, 10, 1), organisation=organisation).api_prices("ourhost/house-model") is None


def _book(
    organisation: Organisation, model_id: str, input_price: str, effective_to: date | None = None
) -> PriceBookEntry:
    with scope(organisation=organisation):
        entry: PriceBookEntry = PriceBookEntry.objects.create(
            organisation=organisation,
            model_id=model_id,
            input_price=Decimal(input_price),
            output_price=Decimal(1),
            effective_from=date(2026, 1, 1),
            effective_to=effective_to,
        )
    return entry
