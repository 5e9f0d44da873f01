"""Measured throughput, pay, site costs and default rates: plain tables with their sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from pricing.api import schemas
from pricing.api.base import CatalogueApi
from pricing.api.documents import source_document
from pricing.api.prices import AS_OF, FORMAT
from pricing.catalogue import Catalogue, SourceNote
from pricing.queries import catalogue_of

TABLES: dict[str, Callable[[Catalogue], Sequence[Any]]] = {
    "throughput": Catalogue.throughput,
    "salaries": Catalogue.salaries,
    "site-costs": Catalogue.site_costs,
    "rate-defaults": Catalogue.rate_defaults,
    "purchase-prices": Catalogue.purchase_prices,
    "rents": Catalogue.rents,
    "observed-prices": Catalogue.observations,
}


class FactsApi(CatalogueApi):
    """`GET /api/v1/facts?table=…`: one of the catalogue's smaller tables."""

    parameters: ClassVar = frozenset({"table", "as_of", "format"})

    @extend_schema(
        operation_id="facts_list",
        summary="A table of the catalogue",
        parameters=[OpenApiParameter("table", str, enum=sorted(TABLES), required=True), AS_OF, FORMAT],
        responses=schemas.answers(schemas.FactsSerializer),
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().get(request, **kwargs)

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        read = self.one_of("table", wanted["table"], TABLES)
        records = read(catalogue_of(wanted["as_of"]))
        return {
            "as_of": wanted["as_of"].isoformat(),
            "table": wanted["table"],
            "items": [fact_document(record) for record in records],
        }


def fact_document(record: Any) -> dict[str, Any]:
    """A record's fields by name; money and dates as everywhere."""
    return {column.name: _value(getattr(record, column.name)) for column in fields(record)}


def _value(value: Any) -> Any:
    match value:
        case SourceNote():
            return source_document(value)
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case _:
            return value
