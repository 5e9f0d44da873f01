"""Accelerators with their prices, rents seen on the market, model architectures, and named market scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from pricing.api import schemas
from pricing.api.base import CatalogueApi
from pricing.api.documents import accelerator_document, architecture_document, rent_document
from pricing.api.prices import AS_OF, FORMAT
from pricing.catalogue.scenarios import market_scenarios
from pricing.queries import catalogue_of


class AcceleratorsApi(CatalogueApi):
    """`GET /api/v1/accelerators`: specifications, purchase price and rents on a date."""

    @extend_schema(
        operation_id="accelerators_list",
        summary="Accelerators and what they cost",
        parameters=[AS_OF, FORMAT],
        responses=schemas.answers(schemas.AcceleratorsSerializer),
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().get(request, **kwargs)

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        catalogue = catalogue_of(wanted["as_of"])
        return {
            "as_of": wanted["as_of"].isoformat(),
            "items": [accelerator_document(record) for record in catalogue.accelerators.values()],
            "rents": [rent_document(record) for record in catalogue.rents()],
        }


class ArchitecturesApi(CatalogueApi):
    """`GET /api/v1/architectures`: shapes of models with public weights."""

    @extend_schema(
        operation_id="architectures_list",
        summary="Model architectures",
        parameters=[AS_OF, FORMAT],
        responses=schemas.answers(schemas.ArchitecturesSerializer),
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().get(request, **kwargs)

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        records = catalogue_of(wanted["as_of"]).architectures.values()
        return {
            "as_of": wanted["as_of"].isoformat(),
            "items": [architecture_document(record) for record in records],
        }


class MarketScenariosApi(CatalogueApi):
    """`GET /api/v1/market-scenarios`: named scenarios, each a plan's whole `market` section."""

    @extend_schema(
        operation_id="market_scenarios_list",
        summary="Named market scenarios",
        parameters=[AS_OF, FORMAT],
        responses=schemas.answers(schemas.MarketScenariosSerializer),
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().get(request, **kwargs)

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        return {
            "items": [
                {
                    "id": scenario.id,
                    "name": scenario.name,
                    "sentence": scenario.sentence,
                    "market": scenario.section(),
                }
                for scenario in market_scenarios()
            ]
        }
