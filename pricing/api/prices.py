"""Prices of models, filterable, as of a date, and the history of one model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from pricing.api import schemas
from pricing.api.base import BadParameter, CatalogueApi
from pricing.api.documents import observation_document, price_document
from pricing.catalogue import ApiPricesRecord, Catalogue
from pricing.catalogue.aliases import normalised
from pricing.catalogue.search import PriceFilter, search
from pricing.queries import catalogue_of, prices_in_force

UNIT = "USD per million tokens"
LIMIT_MOST = 5_000
LIMIT_DEFAULT = 500
OFFSET_MOST = 1_000_000
WHOLE = {"type": "integer", "minimum": 0}

AS_OF = OpenApiParameter("as_of", OpenApiTypes.DATE, description="Prices in force on this day; today if left out.")
FORMAT = OpenApiParameter("format", str, enum=["json", "csv"], description="json if left out.")


class PricesApi(CatalogueApi):
    """`GET /api/v1/prices`: each model's prices in force on a date."""

    parameters: ClassVar = frozenset({"model", "provider", "tier", "q", "as_of", "format", "limit", "offset"})

    @extend_schema(
        operation_id="prices_list",
        summary="Prices of models on a date",
        parameters=[
            OpenApiParameter("model", str, description="An id or any known name: openai/gpt-4o, llama-3.1-70b."),
            OpenApiParameter("provider", str, description="Exact provider id, for example together."),
            OpenApiParameter("tier", str, enum=["frontier", "open"], description="open: the weights are public."),
            OpenApiParameter("q", str, description="Words that must occur in the id or name."),
            AS_OF,
            FORMAT,
            OpenApiParameter(
                "limit",
                WHOLE | {"maximum": LIMIT_MOST},
                description=f"At most {LIMIT_MOST}; {LIMIT_DEFAULT} if left out.",
            ),
            OpenApiParameter("offset", WHOLE | {"maximum": OFFSET_MOST}, description="How many to skip."),
        ],
        responses=schemas.answers(schemas.PricesSerializer),
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().get(request, **kwargs)

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        limit, offset = _whole(wanted, "limit", LIMIT_DEFAULT, LIMIT_MOST), _whole(wanted, "offset", 0, OFFSET_MOST)
        catalogue = catalogue_of(wanted["as_of"])
        matching = search(_candidates(catalogue, wanted), _filter(wanted))
        page = matching[offset : offset + limit]
        return {
            "as_of": wanted["as_of"].isoformat(),
            "unit": UNIT,
            "count": len(matching),
            "next_offset": offset + limit if offset + limit < len(matching) else None,
            "suggestions": catalogue.suggest("api_prices", wanted["model"]) if wanted["model"] and not page else [],
            "items": [price_document(record) for record in page],
        }


class PriceHistoryApi(CatalogueApi):
    """`GET /api/v1/prices/history?model=…`: every listed and every observed price of one model."""

    parameters: ClassVar = frozenset({"model", "as_of", "format"})

    @extend_schema(
        operation_id="prices_history",
        summary="History of one model's prices",
        parameters=[OpenApiParameter("model", str, required=True), AS_OF, FORMAT],
        responses=schemas.answers(schemas.PriceHistorySerializer),
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().get(request, **kwargs)

    def answer(self, wanted: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        if not wanted["model"]:
            raise BadParameter("model is missing; name one, for example model=openai/o3.")
        catalogue = catalogue_of(wanted["as_of"])
        listed = catalogue.price_history(wanted["model"])
        model_id = listed[0].id if listed else normalised(wanted["model"])
        return {
            "as_of": wanted["as_of"].isoformat(),
            "unit": UNIT,
            "id": model_id,
            "items": [price_document(record) for record in listed],
            "observations": [observation_document(o) for o in catalogue.observations() if o.id == model_id],
        }


def _candidates(catalogue: Catalogue, wanted: Mapping[str, Any]) -> tuple[ApiPricesRecord, ...]:
    if not wanted["model"]:
        return prices_in_force(catalogue.as_of)
    found = catalogue.api_prices(wanted["model"])
    return (found.value,) if found else ()


def _filter(wanted: Mapping[str, Any]) -> PriceFilter:
    if wanted["tier"] not in ("", "frontier", "open"):
        raise BadParameter(f"tier is {wanted['tier']!r}; allowed: frontier, open.")
    return PriceFilter(words=wanted["q"], provider=wanted["provider"], tier=wanted["tier"] or None)


def _whole(wanted: Mapping[str, Any], name: str, default: int, most: int) -> int:
    text = wanted[name]
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most):
        raise BadParameter(f"{name} is {text!r}; write a whole number from 0 to {most}.")
    return int(text)
