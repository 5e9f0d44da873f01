"""Imports: they say what would change, and change only what was accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import User
from pricing.catalogue import ApiPricesRecord, Catalogue, SourceNote, TokenPrices
from pricing.catalogue.api_price_rows import Package
from pricing.models import ApiPrice, ImportDifference, PriceImport
from pricing.operations import (
    AlreadyDecided,
    VerifiedIsKept,
    add_rows,
    catalogue_load,
    differences_accept,
    differences_refuse,
    import_accept_plain,
    import_compare,
    revision_add,
)
from pricing.queries import price_source, revision_number
from pricing.sources.differences import compare
from pricing.sources.genai_prices import installed_package, read_records
from pricing.tables import API_PRICES

pytestmark = pytest.mark.django_db

TAKEN_ON = date(2026, 12, 5)
NOW = datetime(2026, 12, 5, 12, tzinfo=UTC)
LIST = Package(name="genai-prices", version="0.3.0", taken_on=TAKEN_ON)


def test_it_finds_nothing_new_in_the_list_the_catalogue_was_made_from() -> None:
    catalogue_load()
    package = installed_package(taken_on=date(2026, 11, 22))
    made = import_compare(package=package, records=read_records(package), made_by=None)
    assert made.records > 2_000
    assert made.differences.count() == 0


def test_it_says_what_would_change_and_changes_nothing() -> None:
    catalogue_load()
    before = revision_number()
    made = _compare(_price("openai/o3", "1.8", "7.2"), _price("openai/gpt-7", "3", "12"))
    kinds = dict(made.differences.exclude(kind="vanished").values_list("model_id", "kind"))
    assert kinds == {"openai/o3": "changed", "openai/gpt-7": "new"}
    assert made.differences.filter(kind="vanished").count() > 1_900
    assert revision_number() == before


def test_it_adds_an_accepted_price_from_the_day_the_list_was_taken(owner: User) -> None:
    catalogue_load()
    made = _compare(_price("openai/o3", "1.8", "7.2"))
    assert differences_accept(differences=list(made.differences.filter(model_id="openai/o3")), now=NOW, by=owner) == 1
    assert _input_price("openai/o3", date(2026, 12, 4)) == Decimal(2)
    assert _input_price("openai/o3", TAKEN_ON) == Decimal("1.8")
    assert _compare(_price("openai/o3", "1.8", "7.2")).differences.filter(model_id="openai/o3").count() == 0


def test_it_lets_the_rule_accept_only_what_is_plain() -> None:
    catalogue_load()
    made = _compare(_price("openai/o3", "1.8", "7.2"), _price("openai/gpt-4o", "0.25", "1"))
    assert import_accept_plain(price_import=made, now=NOW) == 1
    assert _input_price("openai/o3", TAKEN_ON) == Decimal("1.8")
    assert _input_price("openai/gpt-4o", TAKEN_ON) == Decimal("2.5")


def test_it_marks_a_model_that_vanished_as_deprecated_and_keeps_its_price(owner: User) -> None:
    catalogue_load()
    made = _compare(_price("openai/o3", "2", "8"))
    differences_accept(differences=list(made.differences.filter(model_id="openai/gpt-4o")), now=NOW, by=owner)
    found = price_source(as_of=TAKEN_ON).api_prices("openai/gpt-4o")
    assert found is not None
    assert (found.value.deprecated, found.value.input_price) == (True, Decimal("2.5"))


def test_it_never_replaces_a_price_that_a_person_verified(owner: User) -> None:
    catalogue_load()
    _verify("openai/o3|2025-06-10")
    made = _compare(_price("openai/o3", "1.8", "7.2"), _price("openai/o3", "1.9", "7", day=date(2025, 6, 10)))
    undated, dated = made.differences.filter(model_id="openai/o3").order_by("incoming__prices__input")
    assert not undated.is_plain
    with pytest.raises(VerifiedIsKept):
        differences_accept(differences=[dated], now=NOW, by=owner)
    with pytest.raises(VerifiedIsKept):
        differences_accept(differences=[undated], now=NOW, by=None)
    assert _input_price("openai/o3", TAKEN_ON) == Decimal(2)


def test_it_remembers_a_refusal_and_decides_once(owner: User) -> None:
    catalogue_load()
    before = ApiPrice.objects.filter(model_id="openai/gpt-4o").count()
    made = _compare(_price("openai/gpt-4o", "0.25", "1"))
    (difference,) = made.differences.filter(model_id="openai/gpt-4o")
    assert differences_refuse(differences=[difference], now=NOW, by=owner) == 1
    with pytest.raises(AlreadyDecided):
        differences_accept(differences=[ImportDifference.objects.get(pk=difference.pk)], now=NOW, by=owner)
    assert ApiPrice.objects.filter(model_id="openai/gpt-4o").count() == before


@pytest.mark.parametrize(
    ("record", "stored", "word"),
    [
        (("openai/text-davinci-003", "2", "2"), (), "slipped decimal point"),
        (("anthropic/claude-instant-1.2", "0.163", "0.551"), ("anthropic/claude-instant-1", "1.63", "5.51"), "slipped"),
        (("groq/llama-3.1-405b", "0.59", "0.79"), ("groq/llama-3.1-70b-versatile", "0.59", "0.79"), "placeholder"),
        (("google/gemini-2.5-flash", "0.075", "0.625"), (), "per character"),
        (("openai/gpt-4o", "0.0000025", "0.00001"), (), "per token"),
        (("openai/gpt-4o", "0", "0"), (), "zero"),
        (("openai/gpt-4o", "2500", "10000"), (), "per billion"),
    ],
    ids=["davinci", "claude-instant", "groq-405b", "per-character", "per-token", "zero", "per-billion"],
)
def test_it_catches_the_known_errors_of_price_lists(
    record: tuple[str, str, str], stored: tuple[str, str, str] | tuple[()], word: str
) -> None:
    incoming = [_price(*row) for row in (record, stored) if row]
    differences = compare(Catalogue.load(TAKEN_ON), incoming, package_name=LIST.name)
    difference = next(found for found in differences if found.model_id == record[0])
    assert word in " ".join(difference.reasons)
    assert not difference.is_plain


def _compare(*records: ApiPricesRecord) -> PriceImport:
    return import_compare(package=LIST, records=records, made_by=None)


def _price(model_id: str, input_price: str, output_price: str, day: date | None = None) -> ApiPricesRecord:
    provider, _slash, model = model_id.partition("/")
    return ApiPricesRecord(
        id=model_id,
        provider=provider,
        model=model,
        name=model,
        tier="frontier",
        open_weights=None,
        context_window=None,
        prices=TokenPrices(Decimal(input_price), Decimal(output_price)),
        source=SourceNote(LIST.label, None, TAKEN_ON, "found", effective_from=day),
        effective_from=day,
    )


def _verify(key: str) -> None:
    found = ApiPrice.objects.get(key=key)
    revision = revision_add(label="verified", rows_added=1, made_by=None)
    add_rows(API_PRICES, [({**found.row, "confidence": "verified"}, found)], revision)


def _input_price(model_id: str, day: date) -> Decimal:
    found = price_source(as_of=day).api_prices(model_id)
    assert found is not None
    return replace(found.value).input_price
