"""Reads of the catalogue as the database has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q
from django_scopes import scope

from accounts.models import Organisation
from pricing.catalogue import ApiPricesRecord, Catalogue, ContractTerms, Found, PriceSource, ReferenceKind, TokenPrices
from pricing.catalogue.aliases import normalised
from pricing.catalogue.api_price_rows import record_from_row, without_dates
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.notes import SourceNote
from pricing.catalogue.packaged import packaged_rows
from pricing.catalogue.price_series import SeriesRecord
from pricing.catalogue.rows import CatalogueRows, by_model
from pricing.models import ApiPrice, CatalogueRevision, PriceBookEntry
from pricing.tables import API_PRICES, CSV_TABLES


def price_source(*, as_of: date, organisation: Organisation | None = None) -> PriceSource:
    """Prices of the date; with an organisation, its price book goes before the catalogue."""
    catalogue = catalogue_of(as_of)
    if organisation is None:
        return catalogue
    return OrganisationPrices(catalogue, organisation.name, _book(organisation, as_of))


def catalogue_of(as_of: date) -> Catalogue:
    """The stored catalogue seen on a date. Before anything is loaded, the packaged one."""
    return _catalogue(catalogue_state(), as_of)


def prices_in_force(as_of: date) -> tuple[ApiPricesRecord, ...]:
    """Every model's prices on a date, by id."""
    return _prices_in_force(catalogue_state(), as_of)


@lru_cache(maxsize=16)
def _catalogue(state: CatalogueState, as_of: date) -> Catalogue:
    return Catalogue.of_rows(catalogue_rows(state), as_of)


@lru_cache(maxsize=4)
def _prices_in_force(state: CatalogueState, as_of: date) -> tuple[ApiPricesRecord, ...]:
    return tuple(_catalogue(state, as_of).all_api_prices())


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """Which catalogue a reader sees. The time belongs to it: a number that was rolled back may be given again."""

    number: int
    made_at: datetime | None


def catalogue_state() -> CatalogueState:
    """The newest state of the catalogue; number 0 before the first load."""
    newest = CatalogueRevision.objects.order_by("-number").values_list("number", "made_at").first()
    return CatalogueState(*newest) if newest else CatalogueState(0, None)


def revision_number() -> int:
    """The number of the newest state."""
    return catalogue_state().number


@lru_cache(maxsize=2)
def catalogue_rows(state: CatalogueState) -> CatalogueRows:
    """All rows in force in a state; kept in the process, since a state never changes."""
    if state.number == 0:
        return packaged_rows()
    prices = API_PRICES.model.objects.in_force().values_list("row", flat=True)
    return CatalogueRows(
        by_model(prices),
        *(tuple(table.model.objects.in_force().order_by("id").values_list("row", flat=True)) for table in CSV_TABLES),
    )


@dataclass(frozen=True, slots=True)
class OrganisationPrices:
    """A `PriceSource`: the organisation's price book first, then the catalogue."""

    catalogue: Catalogue
    organisation_name: str
    book: dict[str, PriceBookEntry]

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        listed = self.catalogue.api_prices(ref)
        entry = self.book.get(normalised(ref)) or (self.book.get(listed.value.id) if listed else None)
        if entry is None:
            return listed
        record = _book_record(entry, listed.value if listed else None, self.organisation_name)
        return Found(record, record.source)

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return self.catalogue.accelerator(ref)

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return self.catalogue.architecture(ref)

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        return self.catalogue.price_series(ref)

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        return self.catalogue.suggest(kind, ref)


def _book(organisation: Organisation, as_of: date) -> dict[str, PriceBookEntry]:
    """Model id → the entry in force on the date; the later start wins."""
    with scope(organisation=organisation):
        entries = PriceBookEntry.objects.filter(
            Q(effective_to__isnull=True) | Q(effective_to__gt=as_of), effective_from__lte=as_of
        ).order_by("effective_from")
        return {entry.model_id: entry for entry in entries}


def _book_record(entry: PriceBookEntry, listed: ApiPricesRecord | None, organisation_name: str) -> ApiPricesRecord:
    """The contract price. Context tiers and time windows of the list don't apply to it: the contract says one price."""
    provider, _slash, model = entry.model_id.partition("/")
    return ApiPricesRecord(
        id=listed.id if listed else entry.model_id,
        provider=listed.provider if listed else provider,
        model=listed.model if listed else model or provider,
        name=listed.name if listed else entry.model_id,
        tier=listed.tier if listed else "frontier",
        open_weights=listed.open_weights if listed else None,
        context_window=listed.context_window if listed else None,
        prices=TokenPrices(entry.input_price, entry.output_price, entry.cached_input_price, entry.cache_write_price),
        source=SourceNote(
            label=f"Price book of {organisation_name}",
            url=None,
            as_of=entry.created_at.date(),
            confidence="found",
            effective_from=entry.effective_from,
            note=entry.note,
            origin="price_book",
        ),
        batch_discount=entry.batch_discount,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
        comment=entry.note,
        contract=ContractTerms(
            discount_ladder=tuple((Decimal(str(above)), Decimal(str(off))) for above, off in entry.discount_ladder),
            monthly_commitment=entry.monthly_commitment,
            commitment_end=entry.commitment_end,
        ),
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """A listed row that turned out wrong: what it said, what stands in its place, since when, and by what."""

    before: ApiPricesRecord
    after: ApiPricesRecord
    made_at: datetime
    label: str


def corrections_of(model_id: str) -> list[Correction]:
    """Corrections of a model's listed prices, newest first. A row stored again as verified corrects nothing."""
    replaced = ApiPrice.objects.filter(model_id=model_id, corrects__isnull=False)
    rows = replaced.select_related("corrects", "revision").order_by("-revision__number")
    found = [
        Correction(
            record_from_row(row.corrects.row), record_from_row(row.row), row.revision.made_at, row.revision.label
        )
        for row in rows
    ]
    return [each for each in found if without_dates(each.before) != without_dates(each.after)]
